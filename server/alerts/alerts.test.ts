import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connections } from '#nodes/catalog.ts'
import { scopeFor } from '#server/api/context.ts'
import { createConnection } from '#server/connections/create.ts'
import { createVault } from '#server/connections/vault.ts'
import { createEgress } from '#server/egress/client.ts'
import { silent } from '#server/runtime/log.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant, type TestMember } from '#server/test/factories.ts'
import { type FakeCall, type FakeReply, serveFake } from '#server/test/fakes/fake.ts'
import { fakeSlack, slackToken } from '#server/test/fakes/slack.ts'
import { fakeSmtp } from '#server/test/fakes/smtp.ts'
import type { OwnMail } from './channels.ts'
import { deliverAlerts } from './deliver.ts'
import { listAlerts } from './list.ts'
import type { Channel } from './rule.ts'
import { createRule, listRules, removeRule, updateRule } from './rules.ts'
import { testRule } from './test-rule.ts'

const databases = await testDatabases()
const vault = createVault(databases.secret)
const pool = databases.engine
const closes: (() => Promise<unknown>)[] = []
afterAll(() => Promise.all(closes.map((close) => close())))

let owner: TestMember
beforeAll(async () => {
  owner = await aTenant()
})
const scopeOf = (member: TestMember) =>
  scopeFor({ databases }, { tenant: member.tenant, actor: member.user.id })

function delivery(about: { services?: { host: string; origin: string }[]; mail?: OwnMail | null } = {}) {
  const egress = createEgress({ allow: ['127.0.0.1'], services: about.services ?? [] })
  closes.push(() => egress.close())
  const findConnection = (kind: string) => connections.find(({ id }) => id === kind)
  return {
    pool,
    door: { pool, egress, vault, findConnection },
    mail: about.mail ?? null,
    baseUrl: 'https://trama.example.com',
    log: silent,
  }
}

async function raised(channel: Channel) {
  const member = await aTenant()
  const scope = scopeOf(member)
  const { id, signingSecret } = await createRule(
    { scope, vault },
    { name: 'Rule', condition: { kind: 'failure' }, channel, enabled: true, quietMinutes: 15 },
  )
  await testRule({ scope, engine: pool }, { id })
  const outcome = async () => (await listAlerts(scope, {})).items[0]
  return { scope, id, signingSecret, outcome }
}

async function fakeAddress(answer: (call: FakeCall) => FakeReply) {
  const fake = await serveFake(answer)
  closes.push(() => fake.close())
  return fake
}

test('a webhook’s message is signed with the secret that was shown once', async () => {
  const fake = await fakeAddress(() => ({ status: 204 }))
  const { signingSecret, outcome, scope } = await raised({ kind: 'webhook', url: `${fake.url}/alerts` })
  await deliverAlerts(delivery())
  expect(await outcome()).toMatchObject({ delivery: 'sent', attempts: 1, trouble: null })
  const [call] = fake.calls
  const [, at = '', mac = ''] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['trama-signature'])) ?? []
  expect(
    createHmac('sha256', signingSecret ?? '')
      .update(`${at}.${call?.text}`)
      .digest('hex'),
  ).toBe(mac)
  expect(JSON.parse(call?.text ?? '')).toMatchObject({
    summary: 'Test of the rule “Rule”',
    url: `https://trama.example.com/${scope.tenant.slug}/alerts`,
  })
})

test('an address that lets who knows it post is stored sealed and shown by its host', async () => {
  const { scope } = await raised({
    kind: 'slack_webhook',
    url: 'https://hooks.slack.com/services/T0/B0/secret',
  })
  const { rows } = await databases.owner.query('SELECT target FROM alert_rule WHERE tenant_id = $1', [
    scope.tenant.id,
  ])
  const [rule] = await listRules(scope)
  expect(rule?.channel).toEqual({ kind: 'slack_webhook', host: 'hooks.slack.com' })
  expect(JSON.stringify([rows, rule])).not.toContain('B0')
  await databases.owner.query('DELETE FROM alert WHERE tenant_id = $1', [scope.tenant.id])
})

test('Slack gets it by its app', async () => {
  const slack = await fakeSlack()
  closes.push(() => slack.close())
  const scope = scopeOf(owner)
  const { id: connectionId } = await createConnection(
    { scope, vault },
    {
      name: 'Slack',
      kind: 'slack.bot',
      hosts: ['slack.com'],
      fields: { token: slackToken, signingSecret: '' },
    },
  )
  const rule = {
    name: 'Rule <!channel>',
    condition: { kind: 'failure' },
    enabled: true,
    quietMinutes: 0,
  } as const
  const channel = { kind: 'slack', channel: '#orders', connectionId } as const
  const { id } = await createRule({ scope, vault }, { ...rule, channel })
  await testRule({ scope, engine: pool }, { id })
  await deliverAlerts(delivery({ services: [{ host: 'slack.com', origin: slack.url }] }))
  expect((await listAlerts(scope, {})).items[0]).toMatchObject({ delivery: 'sent' })
  expect(slack.messages.at(-1)?.text).toContain('Rule &lt;!channel&gt;')
})

test('mail goes by the installation’s own server, and without one says what to do', async () => {
  const smtp = await fakeSmtp()
  closes.push(() => smtp.close())
  const login = { host: '127.0.0.1', port: smtp.port, security: 'none' } as const
  const first = await raised({ kind: 'email', to: ['ada@example.com'] })
  await deliverAlerts(delivery({ mail: { login, from: 'trama@example.com' } }))
  expect(await first.outcome()).toMatchObject({ delivery: 'sent' })
  expect(smtp.mails).toMatchObject([{ from: 'trama@example.com', to: ['ada@example.com'] }])
  const second = await raised({ kind: 'email', to: ['ada@example.com'] })
  await deliverAlerts(delivery())
  expect(await second.outcome()).toMatchObject({
    delivery: 'failed',
    trouble: expect.stringContaining('TRAMA_SMTP_URL'),
  })
})

test('tests of rules do not make a flood of mail, also not by taking rules away in between', async () => {
  const { scope, id } = await raised({ kind: 'email', to: ['stranger@example.com'] })
  for (let n = 1; n < 10; n++) await testRule({ scope, engine: pool }, { id })
  const refused = { code: 'limit_reached' }
  await expect(testRule({ scope, engine: pool }, { id })).rejects.toMatchObject(refused)
  await removeRule(scope, { id })
  const channel: Channel = { kind: 'email', to: ['stranger@example.com'] }
  const rule = {
    name: 'New',
    condition: { kind: 'failure' } as const,
    channel,
    enabled: true,
    quietMinutes: 0,
  }
  const made = await createRule({ scope, vault }, rule)
  await expect(testRule({ scope, engine: pool }, made)).rejects.toMatchObject(refused)
})

test('one tenant has the installation’s mail server only so often in an hour', async () => {
  const smtp = await fakeSmtp()
  closes.push(() => smtp.close())
  const { scope, id, outcome } = await raised({ kind: 'email', to: ['stranger@example.com'] })
  await databases.owner.query(
    `INSERT INTO alert (tenant_id, id, rule_id, summary, detail, delivery, next_at, sent_at, created_at)
     SELECT $1, gen_random_uuid(), $2, 'Sent', '{}', 'sent', NULL, now(), now() - interval '1 minute'
     FROM generate_series(1, 60)`,
    [scope.tenant.id, id],
  )
  const login = { host: '127.0.0.1', port: smtp.port, security: 'none' as const }
  await deliverAlerts(delivery({ mail: { login, from: 'trama@example.com' } }))
  expect(await outcome()).toMatchObject({ delivery: 'failed', trouble: expect.stringContaining('60') })
  expect(smtp.mails).toEqual([])
})

describe('what does not arrive', () => {
  test('is tried again later, and given up on at last', async () => {
    const fake = await fakeAddress(() => ({ status: 503 }))
    const { outcome, scope } = await raised({ kind: 'webhook', url: fake.url })
    for (let attempts = 1; attempts <= 6; attempts += 1) {
      await deliverAlerts(delivery())
      const found = await outcome()
      expect(found).toMatchObject({ attempts, delivery: attempts < 6 ? 'pending' : 'failed' })
      expect(await deliverAlerts(delivery())).toBe(false)
      expect((await outcome())?.attempts).toBe(attempts)
      await databases.owner.query(
        'UPDATE alert SET next_at = now() WHERE tenant_id = $1 AND next_at IS NOT NULL',
        [scope.tenant.id],
      )
    }
    expect(fake.calls).toHaveLength(6)
  })

  test('is not tried again where that changes nothing, such as an address inside', async () => {
    const { outcome } = await raised({ kind: 'webhook', url: 'http://169.254.169.254/latest' })
    await deliverAlerts(delivery())
    expect(await outcome()).toMatchObject({ delivery: 'failed', attempts: 1 })
  })
})

test('one message goes out once, however many processes deliver', async () => {
  const fake = await fakeAddress(() => ({ status: 200, json: {} }))
  await raised({ kind: 'webhook', url: fake.url })
  await Promise.all([deliverAlerts(delivery()), deliverAlerts(delivery()), deliverAlerts(delivery())])
  expect(fake.calls).toHaveLength(1)
})

test('a rule is changed in part, and taken away with its alerts', async () => {
  const { scope, id } = await raised({ kind: 'email', to: ['ada@example.com'] })
  await updateRule(
    { scope, vault },
    { id, enabled: false, condition: { kind: 'failure_rate', percent: 20, minutes: 5, least: 3 } },
  )
  expect(await listRules(scope)).toMatchObject([
    { name: 'Rule', enabled: false, quietMinutes: 15, condition: { percent: 20, minutes: 5, least: 3 } },
  ])
  await removeRule(scope, { id })
  expect(await listRules(scope)).toEqual([])
  expect((await listAlerts(scope, {})).items).toEqual([])
})

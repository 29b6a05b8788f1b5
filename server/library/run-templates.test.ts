import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fill } from '#nodes/graph/library/fill.ts'
import type { Values } from '#nodes/graph/library/parameter.ts'
import { translate } from '#nodes/graph/library/translate.ts'
import type { Template } from '#nodes/templates/template.ts'
import { templates } from '#nodes/templates/templates.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import { aRun, aRuntime } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant } from '#server/test/factories.ts'
import { type Script, startServices } from './test-services.ts'

let services: Awaited<ReturnType<typeof startServices>>
let runtime: Runtime
beforeAll(async () => {
  services = await startServices()
  runtime = await aRuntime({ egress: services.egress })
  await runtime.start()
})
afterAll(async () => {
  await runtime.stop()
  await services.close()
})

interface Case {
  script?: Partial<Script>
  values?: Values
  prepare?: () => Promise<void> | void
  /** `waiting` for one that waits for a person or for days. */
  ends?: 'succeeded' | 'waiting'
  /** What the world saw of it. */
  after: () => Promise<void> | void
}

const stockOf =
  (left: number, reserved = 201): Script['site'] =>
  (call) =>
    call.method === 'GET' ? { json: { left } } : { status: reserved, json: {} }
const channel = '#orders'
const sheet = '1AbCdEfGhIjKlMnOpQrStUvWxYz'
const rowsOf = (name: string) => services.google.sheets.books.get(sheet)?.get(name)
const asked = (words: string): Case => ({
  script: { replies: [{ text: words }] },
  after: () => expect(services.model.calls.at(-1)?.path).toBe('/v1/messages'),
})

/** A person of this role has a task open. */
const theTaskIs = (role: string) => async () => {
  const { owner } = await testDatabases()
  const { rows } = await owner.query(
    `SELECT role, status FROM task WHERE kind = 'approval' ORDER BY created_at DESC LIMIT 1`,
  )
  expect(rows).toEqual([{ role, status: 'open' }])
}

const cases: Record<string, Case> = {
  'whatsapp-support': {
    values: { channel },
    script: {
      replies: [
        { calls: [{ name: 'look_up_order', input: { query_number: 'A-1001' } }] },
        { text: 'It is with the carrier.' },
      ],
      site: ({ query }) => ({ json: { number: query.get('number'), state: 'sent' } }),
    },
    after: () => {
      expect(services.site.calls.at(-1)?.query.get('number')).toBe('A-1001')
      expect(services.whatsapp.sent.at(-1)).toMatchObject({
        number: '5511912345678',
        text: 'It is with the carrier.',
      })
    },
  },
  'order-stock': {
    values: { channel },
    script: { site: stockOf(12) },
    after: () => expect(services.slack.calls.at(-1)?.text).toContain('A-1001'),
  },
  'lead-form': {
    values: { channel },
    script: {
      replies: [{ text: '{"about":"Makes looms.","fit":"good"}' }],
      site: () => ({ text: 'We make looms.' }),
    },
    prepare: () => services.google.sheets.make(sheet, { Leads: [['name', 'email', 'site', 'about', 'fit']] }),
    after: () =>
      expect(rowsOf('Leads')?.at(-1)).toEqual([
        'Ada',
        'ada@example.com',
        'https://looms.example.com/',
        'Makes looms.',
        'good',
      ]),
  },
  'failed-payment': {
    ends: 'waiting',
    after: () => expect(services.mail.mails.at(-1)?.to).toEqual(['ada@example.com']),
  },
  'nightly-report': {
    prepare: async () => {
      const { owner } = await testDatabases()
      await owner.query(
        `CREATE TABLE IF NOT EXISTS orders (product text, total numeric, created_at timestamptz DEFAULT now());
         GRANT SELECT ON orders TO PUBLIC; INSERT INTO orders (product, total) VALUES ('mug', 12.5)`,
      )
    },
    after: () => expect(services.mail.mails.at(-1)?.text).toContain('mug: '),
  },
  'invoice-mail': {
    script: { replies: [{ text: '{"supplier":"Thread & Co.","amount":120.5,"due":"2026-01-31"}' }] },
    prepare: () =>
      services.google.sheets.make(sheet, {
        Invoices: [['supplier', 'number', 'amount', 'currency', 'due', 'mail']],
      }),
    after: () => expect(rowsOf('Invoices')?.at(-1)?.slice(0, 3)).toEqual(['Thread & Co.', '', 120.5]),
  },
  'expense-approval': { ends: 'waiting', after: theTaskIs('admin') },
  boardroom: {
    script: {
      replies: [
        ...[false, true].flatMap((agreed) =>
          ['Sell.', 'Build.', 'Prove it.'].map((says) => ({ text: JSON.stringify({ says, agreed }) })),
        ),
        { text: 'We sell to companies.' },
      ],
    },
    // Two rounds of three, and the decision: they agreed in the second.
    after: () => expect(services.script.replies).toEqual([]),
  },
  max: asked('Companies first: they pay twice as much.'),
  cto: asked('One webhook and a queue.'),
  challenger: asked('Who told you that they will stay?'),
  'page-watch': { script: { site: () => ({ text: 'up' }) }, after: () => undefined },
}

test('each template has a run', () => {
  expect(Object.keys(cases).sort()).toEqual(templates.map(({ slug }) => slug).sort())
})

describe.each(templates.map((template) => ({ slug: template.slug, template })))('$slug', ({ template }) => {
  test.each(['en', 'pt-BR'] as const)('runs on its sample in %s', async (locale) => {
    const about = cases[template.slug]
    if (!about) throw new Error('Say in this file how it is run')
    Object.assign(services.script, {
      replies: [],
      site: () => ({ status: 404 }),
      ...structuredReplies(about),
    })
    await about.prepare?.()
    const { status, failure } = await runOf(template, { locale, values: about.values ?? {} })
    expect([status, failure]).toEqual([about.ends ?? 'succeeded', undefined])
    await about.after()
  })
})

/** Replies are used up: each run gets its own. */
function structuredReplies({ script }: Case): Partial<Script> {
  return script?.replies ? { ...script, replies: [...script.replies] } : { ...script }
}

async function runOf(template: Template, { locale, values }: { locale: 'en' | 'pt-BR'; values: Values }) {
  const { tenant } = await aTenant()
  const drawn =
    locale === 'en' ? template.document : translate(template.document, template.translations[locale].texts)
  const bound: Record<string, string> = {}
  for (const parameter of template.parameters) {
    if (parameter.kind !== 'connection' || !parameter.required) continue
    const id = await services.connect(tenant.id, parameter.kinds[0] ?? '')
    if (id) bound[parameter.key] = id
  }
  const document = fill(drawn, template.parameters, { ...template.sample.values, ...bound, ...values })
  const trigger = document.nodes[0]?.key ?? ''
  const run = await aRun(document, {
    tenantId: tenant.id,
    triggerKey: trigger,
    input: template.sample.trigger,
  })
  const { runId } = await runtime.accept(run)
  const { owner } = await testDatabases()
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await owner.query('SELECT status, failure FROM run WHERE id = $1', [runId])
    const { status, failure } = rows[0]
    if (['succeeded', 'failed', 'cancelled', 'waiting'].includes(status))
      return { status, failure: failure ?? undefined }
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('The run did not end')
}

test('an order whose goods cannot be reserved is refused, and what was charged is undone', async () => {
  const template = templates.find(({ slug }) => slug === 'order-stock')
  if (!template) throw new Error('It is gone')
  Object.assign(services.script, { site: stockOf(12, 409) })
  const { status } = await runOf(template, { locale: 'en', values: { channel } })
  expect(status).toBe('failed')
  expect(services.stripe.calls.at(-1)).toMatchObject({ method: 'POST', path: '/v1/refunds' })
})

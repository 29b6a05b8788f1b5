import { createHmac } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { z } from 'zod'
import { apiKey, apiOf, type DrawnNode, drawing } from './api.ts'
import { signIn } from './people.ts'
import { startTarget, type Target } from './target.ts'
import { installTrama, type Trama } from './trama.ts'

let target: Target
let trama: Trama

test.beforeAll(async () => {
  target = await startTarget()
  trama = await installTrama({ TRAMA_API_KEY: apiKey, TRAMA_EGRESS_ALLOW: target.host })
  await trama.start()
})
test.afterAll(async () => {
  await trama.stop()
  await target.stop()
})

test('an owner is told of a run that fails, by a message that is signed', async ({ page }) => {
  await signIn(page, trama)
  const workflow = await publish('Ship orders', [
    { key: 'start', type: 'trigger.manual', at: [0, 0] },
    { key: 'stop', type: 'flow.stop', at: [0, 160], params: { message: 'Out of stock' } },
  ])
  await goTo(page, 'Alerts')

  const secret = await test.step('make a rule, and take its secret', async () => {
    await page.getByRole('button', { name: 'New rule' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create rule' }).click()
    await expect(dialog.getByLabel('Name')).toHaveAccessibleDescription('Give it a name.')
    await dialog.getByLabel('Name').fill('Orders fail')
    await dialog.getByLabel('Send it by').selectOption('Webhook')
    await dialog.getByLabel('Address').fill(`${target.url}/alerts`)
    await dialog.getByRole('button', { name: 'Create rule' }).click()
    const shown = page.getByRole('textbox', { name: 'Signing secret' })
    await expect(shown).not.toHaveValue('')
    const value = await shown.inputValue()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    await page.getByRole('tab', { name: 'Rules' }).click()
    await expect(page.getByRole('row').filter({ hasText: 'Orders fail' })).toContainText(target.host)
    return value
  })

  await test.step('a run fails, and the message arrives', async () => {
    const runId = await apiOf(trama).run(workflow, null)
    await expect.poll(() => target.calls.length, { timeout: 30_000 }).toBe(1)
    const [call] = target.calls
    const [, at = '', mac = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(call?.headers['trama-signature'])) ?? []
    expect(createHmac('sha256', secret).update(`${at}.${call?.body}`).digest('hex')).toBe(mac)
    expect(JSON.parse(call?.body ?? '')).toMatchObject({
      rule: { name: 'Orders fail' },
      tenant: { slug: 'acme' },
      url: `${trama.url}/acme/runs/${runId}`,
    })
  })

  await test.step('the alert is listed as sent, and leads to the run', async () => {
    await page.getByRole('tab', { name: 'Raised' }).click()
    const alert = page.getByRole('row').filter({ hasText: 'Ship orders' })
    await expect(alert).toContainText('Sent', { timeout: 30_000 })
    await alert.getByRole('link').first().click()
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}/)
    await expect(page.getByText('Out of stock').first()).toBeVisible()
  })
})

test('an admin pauses, limits and suspends, and what is called meanwhile waits or is refused', async ({
  page,
}) => {
  await signIn(page, trama)
  await publish('Take sales', [
    { key: 'hook', type: 'trigger.webhook', at: [0, 0], params: { path: 'sales' } },
    { key: 'log', type: 'flow.log', at: [0, 160], params: { message: 'taken' } },
  ])

  await test.step('while all is paused, a call is accepted and waits in line', async () => {
    await page.goto(`${trama.url}/admin/work`)
    await page.getByRole('button', { name: 'Pause all runs' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Pause all runs' }).click()
    await expect(page.getByText('All runs wait in line')).toBeVisible()
    const runId = await accepted(await sell())
    await expect(page.getByRole('row').filter({ hasText: 'Acme' }).getByRole('cell').nth(1)).toHaveText('1')
    expect(await statusOf(runId)).toBe('queued')
    await page.getByRole('button', { name: 'Resume all runs' }).click()
    await expect(page.getByText('Runs are taken')).toBeVisible()
    await expect.poll(() => statusOf(runId), { timeout: 30_000 }).toBe('succeeded')
  })

  await page.goto(`${trama.url}/admin/tenants`)
  const acme = page.getByRole('row').filter({ hasText: 'Acme' })
  const choose = async (choice: string) => {
    await acme.getByRole('button', { name: 'Administer Acme' }).click()
    await page.getByRole('menuitem', { name: choice }).click()
  }
  const limit = async (name: string, value: string) => {
    await choose('Limits of Acme')
    const dialog = page.getByRole('dialog', { name: 'Limits of Acme' })
    await dialog.getByLabel(name).fill(value)
    await dialog.getByRole('button', { name: 'Save limits' }).click()
    await expect(dialog).toBeHidden()
  }

  await test.step('when its line is full, a tenant’s callers are told to come back', async () => {
    await choose('Pause its runs')
    await expect(acme).toContainText('Paused')
    await limit('Runs in line', '1')
    const runId = await accepted(await sell())
    const refused = await sell()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    await choose('Resume its runs')
    await expect(acme).not.toContainText('Paused')
    await expect.poll(() => statusOf(runId), { timeout: 30_000 }).toBe('succeeded')
    await limit('Runs in line', '')
  })

  await test.step('so are those who call too often', async () => {
    await limit('Runs started per minute', '1')
    await expect.poll(async () => (await sell()).status).toBe(429)
    expect(Number((await sell()).headers.get('retry-after'))).toBeGreaterThan(0)
    await limit('Runs started per minute', '')
  })

  await test.step('a suspended tenant starts nothing until it may work again', async () => {
    await choose('Suspend')
    const dialog = page.getByRole('dialog', { name: 'Suspend Acme?' })
    await dialog.getByLabel('Reason its members see').fill('The bill is open')
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await expect(acme).toContainText('Suspended')
    const refused = await sell()
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toContain('The bill is open')
    await choose('Let it work again')
    await expect(acme).not.toContainText('Suspended')
    const runId = await accepted(await sell())
    await expect.poll(() => statusOf(runId), { timeout: 30_000 }).toBe('succeeded')
  })
})

const Accepted = z.object({ runId: z.uuid() })
const Read = z.object({ run: z.object({ status: z.string() }) })

const sell = () =>
  fetch(`${trama.url}/hooks/acme/sales`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku: 'mug' }),
  })

async function accepted(reply: Response) {
  expect(reply.status).toBe(202)
  return Accepted.parse(await reply.json()).runId
}

async function statusOf(runId: string) {
  return Read.parse(await apiOf(trama).call('GET', `/runs/${runId}`)).run.status
}

/** Publishes steps one after the other. */
async function publish(name: string, nodes: readonly DrawnNode[]) {
  const api = apiOf(trama)
  const threads = nodes.slice(1).map(({ key }, at) => `${nodes[at]?.key}>${key}`)
  const { id } = await api.draw(name, drawing(nodes, threads))
  await api.call('POST', `/workflows/${id}/publish`)
  return id
}

async function goTo(page: Page, place: string) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
}

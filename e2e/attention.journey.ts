import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { apiKey, apiOf, drawing } from './api.ts'
import { signIn } from './people.ts'
import { startTarget, type Target } from './target.ts'
import { installTrama, type Trama } from './trama.ts'

const ORDERS = 30
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

const Started = z.object({ runId: z.string(), status: z.string() })
const Runs = z.object({ items: z.array(z.object({ status: z.string(), attention: z.boolean() })) })

test('a service is away, runs wait, and who is there fixes one and then all of them', async ({ page }) => {
  const api = apiOf(trama)
  const { id } = await api.draw(
    'Charge orders',
    drawing(
      [
        { key: 'start', type: 'trigger.manual', at: [0, 0] },
        {
          ...{ key: 'charge', type: 'http.request', at: [320, 0] },
          params: {
            ...{ method: 'POST', url: `${target.url}/charge` },
            body: { kind: 'json', json: { order: { expr: 'trigger.order' } } },
          },
          reliability: { attempts: 3, delayMs: 50, onFailure: 'attention' },
        },
        { key: 'log', type: 'flow.log', at: [640, 0], params: { message: 'Charged' } },
      ],
      ['start>charge', 'charge>log'],
    ),
  )
  await api.call('POST', `/workflows/${id}/publish`)
  const runs = async () => Runs.parse(await api.call('GET', `/runs?workflowId=${id}&limit=200`)).items

  await test.step('three attempts fail, and who waits for the answer is told that it takes longer', async () => {
    target.fail()
    const first = Started.parse(
      await api.call('POST', `/workflows/${id}/runs?wait=60`, { input: { order: 0 } }),
    )
    expect(first.status).toBe('waiting')
    expect(target.calls).toHaveLength(3)
    for (let order = 1; order < ORDERS; order++)
      await api.call('POST', `/workflows/${id}/runs`, { input: { order } })
    await expect
      .poll(async () => (await runs()).filter(({ attention }) => attention).length, { timeout: 60_000 })
      .toBe(ORDERS)
  })

  await signIn(page, trama)
  await test.step('the navigation counts them, and they are gathered by cause', async () => {
    const place = page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Needs attention' })
    await expect(place).toContainText(String(ORDERS))
    await place.click()
    const row = page.getByRole('row').filter({ hasText: 'Charge orders' })
    await expect(row).toContainText('Out of retries')
    await expect(row).toContainText(String(ORDERS))
    await row.getByRole('link').click()
  })

  await test.step('one of them says what happened and what each choice does', async () => {
    await page.getByRole('link', { name: 'Decide about charge' }).first().click()
    const panel = page.getByRole('complementary', { name: 'charge' })
    await expect(panel.getByText('It failed 3 times')).toBeVisible()
    await expect(panel.getByText('same idempotency key')).toBeVisible()
    await expect(panel.getByText(`${target.url}/charge`)).toBeVisible()
    // What drew it has no rule of its own; the page has to keep all of them.
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id: rule, nodes }) => [rule, nodes.map(({ html }) => html)])).toEqual([])
  })

  await test.step('with another path it is retried alone', async () => {
    target.mend()
    const panel = page.getByRole('complementary', { name: 'charge' })
    const params = panel.getByRole('textbox')
    await params.fill((await params.inputValue()).replace('/charge', '/charge/v2'))
    await panel.getByRole('button', { name: 'Retry the step' }).click()
    await expect(page.getByText('The step runs again')).toBeVisible()
    await expect.poll(() => target.calls.filter(({ path }) => path === '/charge/v2').length).toBe(1)
  })

  await test.step('and all the others at once', async () => {
    await page.getByRole('button', { name: 'All that match' }).click()
    await page.getByRole('menuitem', { name: 'Retry them all' }).click()
    const dialog = page.getByRole('dialog', { name: `Retry ${ORDERS - 1} steps?` })
    await dialog.getByRole('button', { name: 'Retry them' }).click()
    await expect(page.getByText(`${ORDERS - 1} steps were decided about`)).toBeVisible({ timeout: 30_000 })
    await expect
      .poll(async () => (await runs()).filter(({ status }) => status === 'succeeded').length, {
        timeout: 60_000,
      })
      .toBe(ORDERS)
    await page.getByRole('link', { name: 'Needs attention' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing needs attention' })).toBeVisible({
      timeout: 30_000,
    })
  })

  await test.step('each order kept its key through all of its attempts', async () => {
    const keys = new Map<number, Set<string>>()
    for (const { headers, body } of target.calls) {
      const { order } = z.object({ order: z.number() }).parse(JSON.parse(body))
      keys.set(order, (keys.get(order) ?? new Set()).add(String(headers['idempotency-key'])))
    }
    expect(keys.size).toBe(ORDERS)
    expect([...keys.values()].every((own) => own.size === 1)).toBe(true)
    expect(new Set([...keys.values()].flatMap((own) => [...own])).size).toBe(ORDERS)
  })
})

import { expect, test } from '@playwright/test'
import { editorOf } from './editor.ts'
import { startTarget, type Target } from './target.ts'
import { installTrama, type Trama } from './trama.ts'

let target: Target
let trama: Trama

test.beforeAll(async () => {
  target = await startTarget()
  trama = await installTrama({ TRAMA_EGRESS_ALLOW: target.host })
  await trama.start()
})
test.afterAll(async () => {
  await trama.stop()
  await target.stop()
})

test('a newcomer signs up, draws a workflow, calls it, and a power cut loses nothing', async ({ page }) => {
  const editor = editorOf(page)

  await test.step('sign up and name a team', async () => {
    await page.goto(`${trama.url}/sign-up`)
    await page.getByLabel('Your name').fill('Grace')
    await page.getByLabel('Email').fill('grace@example.com')
    await page.getByLabel('Password', { exact: true }).fill('a long enough secret')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Tenant name').fill('Bakery')
    await page.getByRole('button', { name: 'Create tenant' }).click()
    await page.waitForURL(`${trama.url}/bakery/workflows`)
  })

  await test.step('draw it', async () => {
    await page.getByRole('button', { name: 'New workflow' }).first().click()
    await page.getByRole('dialog').getByLabel('Name').fill('Quote a delivery')
    await page.getByRole('button', { name: 'Create workflow' }).click()
    await page.waitForURL(/\/bakery\/workflows\/[0-9a-f-]{36}/)
    await editor.place('Webhook', { x: 260, y: 80 })
    await editor.place('If', { x: 260, y: 200 })
    await editor.place('HTTP request', { x: 260, y: 320 })
    await editor.place('Respond', { x: 260, y: 440 })
    await editor.place('Respond', { x: 260, y: 560 })
    await editor.saved()
    await editor.showAll()
    await editor.connect('webhook', 'out', 'if')
    await editor.connect('if', 'yes', 'http_request')
    await editor.connect('http_request', 'out', 'respond')
    await editor.connect('if', 'no', 'respond_2')
    await page.getByRole('button', { name: 'Tidy up' }).click()
  })

  await test.step('fill it in', async () => {
    await editor.open('webhook')
    await editor.panel.getByLabel('Path').fill('quotes')
    await editor.panel.getByLabel('Answer the caller').selectOption('by_node')

    await editor.open('if')
    await editor.compute('Rule 1: Value', 'trigger.body.weight')
    await editor.panel.getByLabel('Rule 1: Comparison').selectOption('at_most')
    await editor.write('Rule 1: Compared with', '30')

    await editor.open('http_request')
    await editor.panel.getByLabel('Method', { exact: true }).selectOption('POST')
    await editor.write('URL', `${target.url}/quotes`)

    await editor.open('respond')
    await editor.pick('Body', 'steps.http_request.body')

    await editor.open('respond_2')
    await editor.panel.getByRole('spinbutton', { name: 'Status' }).fill('422')
    await editor.write('Body', '"Too heavy"')
    await editor.saved()
  })

  await test.step('publish it', async () => {
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await expect(page.getByText('Version 1 is live').first()).toBeVisible()
  })

  const call = (weight: number) =>
    fetch(`${trama.url}/hooks/bakery/quotes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ weight }),
    })

  await test.step('call it from outside, and see the run on the canvas', async () => {
    const answer = await call(12)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ courier: 'Bike', days: 2 })
    for (const key of ['webhook', 'if', 'http_request', 'respond'])
      await expect(editor.state(key, 'Done')).toBeVisible()
    await expect(editor.state('respond_2', 'Skipped')).toBeVisible()
    await expect(page.getByRole('region', { name: 'Runs and problems' }).getByText('Succeeded')).toBeVisible()

    const refused = await call(31)
    expect([refused.status, await refused.text()]).toEqual([422, 'Too heavy'])
    await expect(editor.state('http_request', 'Skipped')).toBeVisible()
  })

  await test.step('cut the power in the middle of a run', async () => {
    const before = target.calls.length
    target.hold()
    const interrupted = call(8).catch(() => 'nobody answered')
    await expect.poll(() => target.calls.length).toBe(before + 1)
    await trama.kill()
    expect(await interrupted).toBe('nobody answered')
    target.answer()
    await trama.start()
    // The step is done again with the key of the first attempt, so that the other side can tell.
    await expect.poll(() => target.calls.length, { timeout: 40_000 }).toBe(before + 2)
    const keys = target.calls.slice(before).map(({ headers }) => headers['idempotency-key'])
    expect(keys[0]).toBeTruthy()
    expect(keys[1]).toBe(keys[0])
  })

  await test.step('the run ended well', async () => {
    await page.goto(`${trama.url}/bakery/runs`)
    const rows = page.getByRole('row').filter({ hasText: 'Quote a delivery' })
    await expect(rows).toHaveCount(3)
    await expect(rows.first()).toContainText('Succeeded', { timeout: 30_000 })
    await rows.first().click()
    await page.waitForURL(/\/bakery\/runs\/[0-9a-f-]{36}/)
    await expect(editor.state('respond', 'Done')).toBeVisible()
    await editor.node('http_request').click()
    await expect(editor.panel).toContainText('Interrupted')
  })
})

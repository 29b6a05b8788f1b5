import path from 'node:path'
import { type Browser, expect, test } from '@playwright/test'
import { editorOf } from './editor.ts'
import { installTrama, owner, type Trama } from './trama.ts'

// `npm run screenshots`: the pictures of the README and the docs, taken from a real installation in both themes.

const images = path.resolve(import.meta.dirname, '../docs/images')
let trama: Trama

test.beforeAll(async () => {
  trama = await installTrama()
  await trama.start()
})
test.afterAll(() => trama.stop())

async function signedIn(browser: Browser, theme: 'light' | 'dark') {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
  })
  const page = await context.newPage()
  await page.goto(`${trama.url}/sign-in`)
  await page.getByLabel('Email').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(`${trama.url}/acme/workflows`)
  const shoot = (name: string) =>
    page.screenshot({ path: `${images}/${name}-${theme}.png`, animations: 'disabled' })
  return { page, shoot, done: () => context.close() }
}

const order = (sku: string, quantity: number) =>
  fetch(`${trama.url}/hooks/acme/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sku, quantity }),
  })

for (const theme of ['light', 'dark'] as const) {
  test(`the product in ${theme}`, async ({ browser }) => {
    const { page, shoot, done } = await signedIn(browser, theme)
    const editor = editorOf(page)
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await shoot('workflows')

    await page.getByRole('link', { name: 'Answer orders' }).click()
    await expect(editor.node('order')).toBeVisible()
    await editor.saved()
    await editor.showAll()
    await shoot('editor')

    for (const [sku, quantity] of [
      ['mug', 2],
      ['notebook', 1],
      ['shirt', 3],
    ] as const)
      await order(sku, quantity)
    await expect(editor.state('accept', 'Done')).toBeVisible()
    await editor.open('enough')
    await shoot('editor-panel')
    await editor.panel.getByRole('button', { name: 'Close the panel' }).click()
    await page.getByRole('button', { name: 'Hide steps and data' }).click()
    await editor.canvas.click({ position: { x: 300, y: 60 } })
    await editor.showAll()
    await shoot('editor-live')

    await page.goto(`${trama.url}/acme/runs`)
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await shoot('runs')
    await page.getByRole('row').nth(1).click()
    await page.waitForURL(/\/acme\/runs\/[0-9a-f-]{36}/)
    await expect(editor.state('accept', 'Done')).toBeVisible()
    await editor.showAll()
    await shoot('run')
    await page.setViewportSize({ width: 390, height: 844 })
    await shoot('run-phone')
    await done()
  })
}

import { expect, test } from '@playwright/test'
import { apiKey, apiOf, drawing } from './api.ts'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { installTrama, type Trama } from './trama.ts'

let trama: Trama

test.beforeAll(async () => {
  trama = await installTrama({ TRAMA_API_KEY: apiKey })
  await trama.start()
})
test.afterAll(() => trama.stop())

test('pages say that the server is away, and go on when it is back', async ({ page }) => {
  const editor = editorOf(page)
  const { url } = await apiOf(trama).draw(
    'Outlast an outage',
    drawing([{ key: 'log', type: 'flow.log', at: [0, 0], params: { message: 'before' } }], []),
  )
  await signIn(page, trama)
  await page.goto(url)
  await editor.open('log')

  await test.step('what is drawn meanwhile is saved afterwards', async () => {
    await trama.kill()
    await editor.write('Message', 'during the outage')
    await expect(page.getByRole('status').getByText('No connection. Trying again')).toBeVisible()
    await trama.start()
    await expect(page.getByText('Saved', { exact: true })).toBeVisible({ timeout: 30_000 })
  })

  await test.step('a page that cannot be loaded can be tried again', async () => {
    await page.getByRole('link', { name: 'Back to workflows' }).click()
    await expect(page.getByRole('link', { name: 'Outlast an outage' })).toBeVisible()
    await trama.kill()
    await page.getByRole('link', { name: 'Outlast an outage' }).click()
    await expect(page.getByText('No answer from the server')).toBeVisible()
    await trama.start()
    await page.getByRole('button', { name: 'Try again' }).click()
    await editor.open('log')
    await expect(editor.panel.getByRole('textbox', { name: 'Message' })).toHaveText('during the outage')
  })
})

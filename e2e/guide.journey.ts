import { expect, test } from '@playwright/test'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { installTrama, type Trama } from './trama.ts'

/** Words that every other English sentence has, and no Portuguese one. */
const ENGLISH = /\b(the|and|with|your?|what|from|of|it|is|to|step|run|call|publish|add|skip|when|then)\b/i

let trama: Trama

test.beforeAll(async () => {
  trama = await installTrama()
  await trama.start()
})
test.afterAll(() => trama.stop())

test('a newcomer follows the guide from an empty canvas to an answered call', async ({ page }) => {
  const editor = editorOf(page)
  const guide = page.getByRole('complementary', { name: 'Your first workflow' })
  const isAt = (title: string) => expect(guide.getByRole('heading', { name: title })).toBeVisible()

  await signIn(page, trama)
  await page.getByRole('button', { name: 'Start the guide' }).click()

  await isAt('Add what starts it')
  await guide.getByRole('button', { name: 'Add a webhook' }).click()

  await isAt('Add a step and connect it')
  await guide.getByRole('button', { name: 'Add “Set fields”' }).click()
  await expect(editor.edge('webhook', 'set_fields')).toHaveCount(1)

  await isAt('Fill it in with data')
  await editor.panel.getByRole('button', { name: 'Add to Fields' }).click()
  await editor.panel.getByRole('textbox', { name: /^Name of / }).fill('greeting')
  await editor.panel.getByRole('textbox', { name: 'Value of greeting' }).click()
  await page.getByRole('treeitem', { name: /^body/ }).click()
  await expect(editor.pills('Value of greeting')).toHaveText(/body/)

  await isAt('Publish it')
  await page.getByRole('button', { name: 'Publish version 1' }).click()
  await expect(page.getByRole('main').getByText('Version 1 is live')).toBeVisible()

  await isAt('Call it and watch')
  await guide.getByRole('button', { name: 'Send a test call' }).click()

  await isAt('Your first workflow runs')
  await expect(guide.getByText('5 of 5')).toBeVisible()
  await expect(editor.node('set_fields').getByRole('img', { name: 'Done' })).toBeVisible()
  await guide.getByRole('button', { name: 'Close the guide' }).click()
  await expect(guide).toBeHidden()
})

test.describe('in Portuguese', () => {
  test.use({ locale: 'pt-BR' })

  test('nothing of the guide is left in English', async ({ page }) => {
    await page.goto(`${trama.url}/sign-in`)
    await page.getByLabel('E-mail').fill(trama.env.TRAMA_OWNER_EMAIL ?? '')
    await page.getByLabel('Senha', { exact: true }).fill(trama.env.TRAMA_OWNER_PASSWORD ?? '')
    await page.getByRole('button', { name: 'Entrar' }).click()
    await page.waitForURL(/\/workflows$/)
    await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR')

    const nav = page.getByRole('navigation', { name: 'Principal' })
    await expect(nav.getByRole('link')).toHaveText([
      'Fluxos',
      'Execuções',
      'Tarefas',
      'Precisa de atenção',
      'Biblioteca',
      'Painel',
      'Alertas',
      'Conexões',
      'Membros',
      'Chaves de API',
      'Auditoria',
    ])
    await expect(nav).not.toHaveText(ENGLISH)
    await expect(page.getByRole('region', { name: /primeiro fluxo/ })).not.toHaveText(ENGLISH)
    await page.getByRole('button', { name: 'Começar o guia' }).click()

    const guide = page.getByRole('complementary', { name: 'Seu primeiro fluxo' })
    for (const title of [
      'Adicione o que o inicia',
      'Adicione uma etapa e ligue-a',
      'Preencha com dados',
      'Publique',
      'Chame e acompanhe',
    ]) {
      await expect(guide.getByRole('heading', { name: title, exact: true })).toBeVisible()
      await expect(guide).not.toHaveText(ENGLISH)
      await expect(guide.getByRole('img', { name: ENGLISH })).toHaveCount(0)
      await guide.getByRole('button', { name: 'Pular' }).click()
    }
    await expect(guide).not.toHaveText(ENGLISH)
    await expect(page.getByRole('listbox')).not.toHaveText(ENGLISH)
  })
})

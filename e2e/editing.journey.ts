import { expect, type Page, test } from '@playwright/test'
import { apiKey, apiOf, drawing } from './api.ts'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { installTrama, type Trama } from './trama.ts'

const order = { customer: 'Ada', lines: [{ sku: 'mug' }, { sku: 'pen' }] }
const chain = drawing(
  [
    { key: 'start', type: 'trigger.manual', at: [0, 0], params: { sample: order } },
    { key: 'tag', type: 'data.set', at: [320, 0], params: { fields: [{ name: 'state', value: 'new' }] } },
    { key: 'log', type: 'flow.log', at: [640, 0], params: { message: '' } },
  ],
  ['start>tag', 'tag>log'],
)
let trama: Trama

test.beforeAll(async () => {
  trama = await installTrama({ TRAMA_API_KEY: apiKey })
  await trama.start()
})
test.afterAll(() => trama.stop())
test.beforeEach(({ page }) => signIn(page, trama))

test('data is picked by click and by drag, and a value of a list repeats the step', async ({ page }) => {
  const editor = editorOf(page)
  await page.goto((await apiOf(trama).draw('Pick data', chain)).url)
  const value = (name: RegExp) =>
    page.getByRole('tree', { name: 'Data of earlier steps' }).getByRole('treeitem', { name })

  await test.step('a run by hand gives the data to pick', async () => {
    await runByHand(page, order)
    for (const key of ['start', 'tag', 'log']) await editor.isState(key, 'Done')
  })

  await test.step('click, then drag: two pills that show what they were', async () => {
    await editor.open('log')
    await editor.panel.getByRole('textbox', { name: 'Message' }).click()
    await value(/^customer/).click()
    await expect(editor.pills('Message')).toHaveText([/trigger\.customer.*Ada/])
    await value(/^state/).dragTo(editor.panel.getByRole('textbox', { name: 'Message' }))
    await expect(editor.pills('Message')).toHaveCount(2)
    await expect(editor.pills('Message').filter({ hasText: /tag\.state.*new/ })).toHaveCount(1)
  })

  await test.step('a value inside a list offers to repeat the step', async () => {
    await editor.clear('Message')
    await value(/^lines/).press('ArrowRight')
    await value(/^each element/).press('ArrowRight')
    await value(/^sku/).click()
    await editor.panel.getByRole('button', { name: /^Repeat this step for each of trigger\.lines/ }).click()
    await expect(editor.panel.getByRole('switch', { name: /^Repeat for each element/ })).toBeChecked()
    await expect(editor.pills('Message')).toHaveText([/item\.sku/])
    await editor.saved()
  })

  await test.step('it runs once for each', async () => {
    await runByHand(page, order)
    await editor.isState('log', 'Done')
    await expect(editor.node('log')).toContainText(/2\/2|×2/)
  })
})

test('undo, redo, copy, paste, and a draft that is still there after a reload', async ({ page }) => {
  const editor = editorOf(page)
  await page.goto((await apiOf(trama).draw('Copy steps', chain)).url)

  await test.step('copy two connected steps and paste them', async () => {
    await editor.node('tag').click()
    await editor.node('log').click({ modifiers: ['Shift'] })
    await page.keyboard.press('ControlOrMeta+c')
    await page.keyboard.press('ControlOrMeta+v')
    await expect(editor.node('tag_2')).toBeVisible()
    await expect(editor.edge('tag_2', 'log_2')).toHaveCount(1)
    await expect(editor.edge('tag', 'log')).toHaveCount(1)
  })

  await test.step('undo takes both back, redo brings them again', async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect(editor.node('tag_2')).toHaveCount(0)
    await expect(editor.node('log_2')).toHaveCount(0)
    await page.getByRole('button', { name: 'Redo' }).click()
    await expect(editor.edge('tag_2', 'log_2')).toHaveCount(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(editor.edge('tag_2', 'log_2')).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+Shift+z')
    await expect(editor.edge('tag_2', 'log_2')).toHaveCount(1)
  })

  await test.step('nothing is lost by reloading', async () => {
    await editor.saved()
    await page.reload()
    await expect(editor.node('tag_2')).toBeVisible()
    await expect(editor.edge('tag_2', 'log_2')).toHaveCount(1)
    await editor.open('tag_2')
    await expect(editor.panel.getByRole('textbox', { name: 'Value of state' })).toHaveText('new')
  })
})

test('two tabs that draw the same draft are asked whose to keep', async ({ page, context }) => {
  const api = apiOf(trama)
  const { id, url } = await api.draw('Draw together', chain)
  const isSaved = (text: string) =>
    expect.poll(async () => JSON.stringify(await api.call('GET', `/workflows/${id}`))).toContain(text)
  const other = await context.newPage()
  await page.goto(url)
  await other.goto(url)
  const [mine, theirs] = [editorOf(page), editorOf(other)]
  const message = (editor: typeof mine) => editor.panel.getByRole('textbox', { name: 'Message' })
  for (const editor of [mine, theirs]) await editor.open('log')

  await mine.write('Message', 'from the first tab')
  await isSaved('from the first tab')

  await theirs.write('Message', 'from the second tab')
  await other.getByRole('dialog').getByRole('button', { name: 'Take theirs' }).click()
  await expect(message(theirs)).toHaveText('from the first tab')
  await theirs.saved()

  await theirs.write('Message', 'again from the second')
  await isSaved('again from the second')
  await mine.write('Message', 'the first stays')
  await page.getByRole('dialog').getByRole('button', { name: 'Keep mine' }).click()
  await mine.saved()
  await other.reload()
  await theirs.open('log')
  await expect(message(theirs)).toHaveText('the first stays')
})

test('problems are marked, lead to their place and hold back publishing; a version comes back', async ({
  page,
}) => {
  const editor = editorOf(page)
  const { url } = await apiOf(trama).draw(
    'Fix problems',
    drawing(
      [
        { key: 'start', type: 'trigger.manual', at: [0, 0] },
        { key: 'log', type: 'flow.log', at: [320, 0], params: { message: { expr: 'steps.gone.name' } } },
      ],
      ['start>log'],
    ),
  )
  await page.goto(url)

  await test.step('publishing shows the problem instead', async () => {
    await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible()
    await expect(editor.node('log')).toHaveAccessibleName(/1 problem/)
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await expect(page.getByRole('tab', { name: /^Problems/ })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText('Version 1 is live')).toHaveCount(0)
  })

  await test.step('the problem leads to its field', async () => {
    await page.getByRole('region', { name: 'Runs and problems' }).getByRole('button', { name: /Log/ }).click()
    await expect(editor.panel.getByRole('textbox', { name: 'Message' })).toHaveAttribute(
      'aria-invalid',
      'true',
    )
  })

  await test.step('solved, it is published twice', async () => {
    await editor.panel
      .getByRole('group', { name: /^Message/ })
      .getByRole('button', { name: 'Fixed' })
      .click()
    await editor.write('Message', 'first')
    await expect(page.getByRole('button', { name: '1 problem' })).toHaveCount(0)
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await expect(page.getByRole('main').getByText('Version 1 is live')).toBeVisible()
    await editor.write('Message', 'second')
    await page.getByRole('button', { name: 'Publish version 2' }).click()
    await expect(page.getByRole('main').getByText('Version 2 is live')).toBeVisible()
  })

  await test.step('version 1 is taken back into the draft', async () => {
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Version history' }).click()
    const dialog = page.getByRole('dialog', { name: 'Version history' })
    await dialog.getByRole('button', { name: /^Version 1/ }).click()
    await dialog.getByRole('button', { name: 'Restore version 1 into the draft' }).click()
    await expect(dialog).toBeHidden()
    await expect(editor.panel.getByRole('textbox', { name: 'Message' })).toHaveText('first')
    await editor.saved()
    await expect(page.getByRole('main').getByText('Version 2 is live')).toBeVisible()
  })
})

test('a step dropped into a frame is done for each element', async ({ page }) => {
  const editor = editorOf(page)
  const { url } = await apiOf(trama).draw(
    'For each line',
    drawing(
      [
        { key: 'start', type: 'trigger.manual', at: [0, 80], params: { sample: order } },
        { key: 'each', type: 'flow.each', at: [320, 0], params: { list: { expr: 'trigger.lines' } } },
      ],
      ['start>each'],
    ),
  )
  await page.goto(url)
  await editor.dropInto('each', 'Log')
  await editor.open('log')
  await editor.panel.getByRole('textbox', { name: 'Message' }).click()
  await page.keyboard.insertText('one line')
  await editor.saved()
  // What is inside moves with its frame: only then is it inside.
  await runByHand(page, order)
  await editor.isState('each', 'Done')
  await editor.isState('log', 'Done')
  await expect(editor.node('log')).toContainText('×2')
})

async function runByHand(page: Page, input: unknown) {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Run the draft' })
  await dialog.getByLabel('Input').fill(JSON.stringify(input))
  await dialog.getByRole('button', { name: 'Run now' }).click()
  await expect(dialog).toBeHidden()
}

import { expect, type Locator, type Page } from '@playwright/test'

/** What a maker does in the editor, with the mouse, as verbs. Steps are named by their key. */
export function editorOf(page: Page) {
  const canvas = page.getByRole('application', { name: 'Canvas' }).or(page.locator('.react-flow')).first()
  const node = (key: string) => page.locator(`.react-flow__node[data-id="${key}"]`)
  const panel = page.getByRole('region', { name: 'The chosen step' })

  const edge = (from: string, to: string) =>
    page.locator(`.react-flow__edge[data-id^="${from}:"][data-id$=">${to}"]`)

  async function showAll() {
    await page.getByRole('button', { name: 'Show everything' }).click()
    await atRest(page)
  }

  return {
    canvas,
    node,
    panel,
    /** Drags a kind of step from the palette to a place of the canvas. */
    async place(title: string, at: { x: number; y: number }) {
      await page.getByRole('option', { name: new RegExp(`^${title}`) }).dragTo(canvas, { targetPosition: at })
      await panel.getByRole('button', { name: 'Close the panel' }).click()
      await expect(panel).toBeHidden()
    },
    edge,
    /** The data that was picked into a field of the open step. */
    pills: (label: string) => panel.getByRole('textbox', { name: label, exact: true }).locator('.cm-pill'),
    showAll,
    /** What the run shown made of a step: Done, Failed, Skipped … */
    state: (key: string, state: string) => node(key).getByRole('img', { name: state, exact: true }),
    /** Pulls a thread from a port to another step. */
    async connect(from: string, port: string, to: string) {
      await atRest(page)
      await node(from).locator(`.react-flow__handle.source[data-handleid="${port}"]`).hover()
      const target = await boxOf(node(to).locator('.react-flow__handle.target'))
      await page.mouse.down()
      await page.mouse.move(target.x + target.width / 2, target.y + target.height / 2, { steps: 12 })
      await page.mouse.up()
      await expect(edge(from, to)).toHaveCount(1)
    },
    /** Opens a step's panel, wherever the step is on the canvas. */
    async open(key: string) {
      const close = panel.getByRole('button', { name: 'Close the panel' })
      if (await close.isVisible()) await close.click()
      await showAll()
      await node(key).click()
      await expect(panel.getByRole('button', { name: `Change the key ${key}` })).toBeVisible()
    },
    /** Writes into a text field of the open step. */
    async write(label: string, text: string) {
      const field = panel.getByRole('textbox', { name: label, exact: true })
      await field.click()
      await field.press('ControlOrMeta+a')
      await field.pressSequentially(text)
    },
    /** Empties a text field of the open step. */
    async clear(label: string) {
      const field = panel.getByRole('textbox', { name: label, exact: true })
      await field.click()
      await field.press('ControlOrMeta+a')
      await field.press('Delete')
    },
    /** Drags a kind of step from the palette into a frame. */
    async dropInto(frame: string, title: string) {
      await atRest(page)
      const box = await boxOf(node(frame))
      const ground = await boxOf(canvas)
      await page.getByRole('option', { name: title, exact: true }).dragTo(canvas, {
        targetPosition: {
          x: box.x - ground.x + box.width / 2,
          y: box.y - ground.y + box.height / 2,
        },
      })
    },
    /** Waits until the run that is followed has brought a step to a state. */
    isState: (key: string, state: string) =>
      expect(node(key).getByRole('img', { name: state, exact: true })).toBeVisible(),
    /** Turns a field that takes any value into an expression. */
    async compute(label: string, expression: string) {
      await panel.getByRole('button', { name: new RegExp(`^Type of ${label}`) }).click()
      await page.getByRole('menuitemradio', { name: 'Computed' }).click()
      await panel.getByRole('textbox', { name: label, exact: true }).click()
      await page.keyboard.insertText(expression)
    },
    /** Clicks into a field, then a value of an earlier step. */
    async pick(label: string, expression: string) {
      await panel.getByRole('textbox', { name: label, exact: true }).click()
      const rows = page.getByRole('tree', { name: 'Data of earlier steps' }).getByRole('treeitem')
      await rows.and(page.getByTitle(expression, { exact: true })).click()
    },
    saved: () => expect(page.getByText('Saved', { exact: true })).toBeVisible(),
  }
}

/** Waits until the canvas has not moved for a while: it glides to what it shows. */
async function atRest(page: Page) {
  await page.locator('.react-flow__viewport').evaluate(
    (viewport) =>
      new Promise<void>((resolve) => {
        let last = ''
        let still = 0
        const look = () => {
          const now = getComputedStyle(viewport).transform
          still = now === last ? still + 1 : 0
          last = now
          if (still > 20) resolve()
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not on the page')
  return box
}

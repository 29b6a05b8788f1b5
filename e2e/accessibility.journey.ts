import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { apiKey, apiOf, drawing } from './api.ts'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { startTarget, type Target } from './target.ts'
import { installTrama, type Trama } from './trama.ts'

const greeting = drawing(
  [
    { key: 'start', type: 'trigger.manual', at: [0, 0], params: { sample: { name: 'Ada' } } },
    { key: 'check', type: 'flow.log', at: [320, 0], params: { message: { expr: 'trigger.name' } } },
    { key: 'stop', type: 'flow.stop', at: [640, 0], params: { message: 'Out of stock' } },
  ],
  ['start>check', 'check>stop'],
)
let target: Target
let trama: Trama
let workflow: { id: string; url: string }
let run: string

test.beforeAll(async () => {
  target = await startTarget()
  trama = await installTrama({ TRAMA_API_KEY: apiKey, TRAMA_EGRESS_ALLOW: target.host })
  await trama.start()
  const api = apiOf(trama)
  workflow = await api.draw('Greet someone', greeting)
  await api.call('POST', `/workflows/${workflow.id}/publish`)
  run = await api.run(workflow.id, { name: 'Grace' })
})
test.afterAll(async () => {
  await trama.stop()
  await target.stop()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    // Motion would be caught half way, with colours that nobody is meant to read.
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('no page breaks a rule of WCAG 2.2 AA', async ({ page }) => {
      const isAccessible = () => expectAccessible(page)
      await page.goto(`${trama.url}/sign-up`)
      await page.getByRole('button', { name: 'Create account' }).click()
      await test.step('sign-up with errors', isAccessible)
      await page.goto(`${trama.url}/sign-in`)
      await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
      await test.step('sign-in', isAccessible)
      await signIn(page, trama)
      await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
      await expect(page.getByRole('link', { name: 'Greet someone' })).toBeVisible()
      await test.step('workflows', isAccessible)

      await page.goto(workflow.url)
      await editorOf(page).open('check')
      await test.step('editor', isAccessible)
      await page.getByRole('tab', { name: 'Docs' }).click()
      await expect(page.getByRole('tabpanel', { name: 'Docs' })).toBeVisible()
      await test.step('editor with the docs of a step', isAccessible)
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await expect(page.getByRole('dialog', { name: 'Run the draft' })).toBeVisible()
      await test.step('editor with a dialog', isAccessible)

      await page.goto(`${trama.url}/acme/runs`)
      await expect(page.getByRole('link', { name: 'Greet someone' }).first()).toBeVisible()
      await test.step('runs', isAccessible)
      await page.goto(`${trama.url}/acme/runs/${run}`)
      await expect(page.getByRole('region', { name: 'The chosen step' })).toContainText('Out of stock')
      await test.step('a run', isAccessible)

      await page.goto(`${trama.url}/acme/connections`)
      await page.getByRole('button', { name: 'New connection' }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await test.step('connections with a dialog', isAccessible)
      await page.goto(`${trama.url}/acme/members`)
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      await test.step('members', isAccessible)
      await page.goto(`${trama.url}/acme/api-keys`)
      await expect(page.getByRole('row').nth(1)).toBeVisible()
      await test.step('API keys', isAccessible)
      await page.goto(`${trama.url}/account`)
      await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible()
      await test.step('account', isAccessible)
    })
  })
}

test('a workflow is built and run with the keyboard alone', async ({ page }) => {
  const editor = editorOf(page)
  const { keyboard } = page
  await signIn(page, trama)
  const { url } = await apiOf(trama).draw('By keyboard', drawing([], []))
  await page.goto(url)
  await expect(page.getByText('What starts this workflow?')).toBeVisible()

  const add = async (word: string) => {
    await keyboard.press('/')
    await expect(page.getByRole('dialog', { name: 'Add a step' })).toBeVisible()
    await keyboard.type(word)
    await expect(page.getByRole('dialog').getByRole('option').first()).toHaveAccessibleName(word)
    await keyboard.press('Enter')
    await expect(editor.panel).toBeVisible()
  }
  const toCanvas = async () => {
    await keyboard.press('Escape')
    await expect(editor.panel).toBeHidden()
  }

  await test.step('add a trigger and a step after it', async () => {
    await add('Run by hand')
    await toCanvas()
    await add('Log')
    await expect(editor.edge('run_by_hand', 'log')).toHaveCount(1)
    await tabTo(page, 'Message')
    await keyboard.type('by keyboard')
    await toCanvas()
  })

  await test.step('connect to a step that is there', async () => {
    await keyboard.press('Escape')
    await add('Set fields')
    await toCanvas()
    await keyboard.press('ArrowLeft')
    await keyboard.press('c')
    await expect(page.getByRole('dialog', { name: 'Connect to' })).toBeVisible()
    await keyboard.press('Enter')
    await expect(page.locator('.react-flow__edge')).toHaveCount(2)
  })

  await test.step('open the step with Enter', async () => {
    await keyboard.press('Enter')
    await expect(editor.panel).toBeVisible()
  })

  await test.step('run it', async () => {
    await editor.saved()
    await tabTo(page, 'Run')
    await keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Run the draft' })).toBeVisible()
    await tabTo(page, 'Run now')
    await keyboard.press('Enter')
    await editor.isState('log', 'Done')
  })
})

for (const [reducedMotion, moving] of [
  ['no-preference', ['breathe']],
  ['reduce', []],
] as const) {
  test.describe(`with the wish for motion “${reducedMotion}”`, () => {
    test.use({ contextOptions: { reducedMotion } })

    test(`what moves on the canvas while a step runs: ${moving.length}`, async ({ page }) => {
      target.hold()
      const { url } = await apiOf(trama).draw(
        'Ask and wait',
        drawing(
          [
            { key: 'start', type: 'trigger.manual', at: [0, 0] },
            { key: 'ask', type: 'http.request', at: [320, 0], params: { url: `${target.url}/slow` } },
          ],
          ['start>ask'],
        ),
      )
      const editor = editorOf(page)
      await signIn(page, trama)
      await page.goto(url)
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Run now' }).click()
      await editor.isState('ask', 'Running')
      await expect.poll(() => endless(page)).toEqual(moving)
      target.answer()
      await editor.isState('ask', 'Done')
      await expect.poll(() => endless(page)).toEqual([])
    })
  })
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('runs, a run and the outline of a workflow need no sideways scrolling', async ({ page }) => {
    const fits = async () => {
      const [wide, seen] = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return [scrollWidth, clientWidth]
      })
      expect(wide).toBe(seen)
    }
    await signIn(page, trama)
    await fits()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Runs' }).tap()
    const row = page.getByRole('row').filter({ hasText: 'Greet someone' })
    await expect(row).toContainText('Failed')
    await fits()
    await expectAccessible(page)

    await row.getByRole('link').first().tap()
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}/)
    await page.getByRole('button', { name: /^Stop with/ }).tap()
    const step = page.getByRole('region', { name: 'The chosen step' })
    await expect(step).toContainText('Out of stock')
    await fits()
    await expectAccessible(page)
    await step.getByRole('button', { name: 'Close the panel' }).tap()

    await page.goto(workflow.url)
    await page.getByRole('button', { name: /^Log/ }).tap()
    await expect(step.getByRole('textbox', { name: 'Message' })).toBeVisible()
    await fits()
    await expectAccessible(page)
  })
})

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
  )
  expect(found).toEqual([])
}

/** Presses Tab until what has the focus is called this. */
async function tabTo(page: Page, name: string) {
  for (let tabs = 0; tabs < 80; tabs++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (focused.trim() === name) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to “${name}”`)
}

/** Animations of the page that have no end. */
function endless(page: Page) {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY)
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : animation.id)),
  )
}

import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { apiKey, apiOf, drawing } from './api.ts'
import { editorOf } from './editor.ts'
import { furnish } from './furnish.ts'
import { signIn } from './people.ts'
import { startTarget, type Target } from './target.ts'
import { installTrama, type Trama } from './trama.ts'
import { startWorld } from './world.ts'

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
let world: Awaited<ReturnType<typeof startWorld>>
let furniture: Awaited<ReturnType<typeof furnish>>

test.beforeAll(async ({ browser }) => {
  target = await startTarget()
  world = await startWorld()
  trama = await installTrama({ TRAMA_API_KEY: apiKey, TRAMA_EGRESS_ALLOW: '127.0.0.1' })
  await trama.start()
  const api = apiOf(trama)
  workflow = await api.draw('Greet someone', greeting)
  await api.call('POST', `/workflows/${workflow.id}/publish`)
  furniture = await furnish({ browser, trama, world })
  run = await api.run(workflow.id, { name: 'Grace' })
})
test.afterAll(async () => {
  await trama.stop()
  await target.stop()
  await world.stop()
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

    test('no page of strangers, of the library or of an agent breaks one', async ({ page }) => {
      const { support, form, installed, task } = furniture
      const { visit, heading } = visitorOf(page)
      await visit('/chat/acme/support', page.getByRole('button', { name: 'Where is my order?' }))
      await visit('/forms/acme/expenses', heading('Expenses'))
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(page.getByText('This has to be ticked.')).toBeVisible()
      await test.step('a form with errors', () => expectAccessible(page))

      await signIn(page, trama)
      await visit('/acme/library', page.getByRole('link', { name: 'Answer customers on WhatsApp' }))
      await page.getByRole('link', { name: 'Answer customers on WhatsApp' }).click()
      await expect(heading('What you need').first()).toBeVisible()
      await expect(page.locator('.react-flow__node').first()).toBeVisible()
      await test.step('an item of the library', () => expectAccessible(page))
      await page.getByRole('button', { name: 'Install', exact: true }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await test.step('installing it', () => expectAccessible(page))
      await visit(`/acme/workflows/${form}/publish`, page.getByLabel('In one sentence'))
      await visit(
        `/acme/workflows/${installed}/update`,
        page.getByRole('button', { name: 'Update the draft' }),
      )

      await page.goto(`${trama.url}/acme/workflows/${support}`)
      await editorOf(page).open('agent')
      await test.step('editor with an agent', () => expectAccessible(page))
      await editorOf(page).open('refund')
      await test.step('editor with its tool', () => expectAccessible(page))
      await visit(`/acme/runs/${task?.runId}`, page.locator('.react-flow__node'))
      await editorOf(page).node('agent').click()
      await expect(page.getByRole('region', { name: 'The chosen step' })).toContainText('refund')
      await test.step('a run with sub-steps', () => expectAccessible(page))
    })

    test('no page of tasks or of operation breaks one', async ({ page }) => {
      const { visit, heading, row } = visitorOf(page)
      await signIn(page, trama)
      await visit('/acme/tasks', row('Support'))
      await visit(
        `/acme/tasks/${furniture.task?.id}`,
        page.getByRole('button', { name: 'Approve', exact: true }),
      )
      await visit('/acme/dashboard', heading('Outcomes'))
      await visit('/acme/runs/failures', row('Out of stock'))
      await visit('/acme/alerts', row('Greet someone'))
      await visit('/acme/alerts?tab=rules', row('Anything fails'))
      await page.getByRole('button', { name: 'New rule' }).first().click()
      await expect(page.getByRole('dialog', { name: 'New rule' })).toBeVisible()
      await test.step('a new rule', () => expectAccessible(page))
      await visit('/acme/audit', page.getByRole('row').nth(3))

      await visit('/admin', heading('By tenant'))
      await visit('/admin/tenants', row('Acme'))
      await page.getByRole('button', { name: 'Limits of Acme' }).click()
      await expect(page.getByRole('dialog', { name: 'Limits of Acme' })).toBeVisible()
      await test.step('limits of a tenant', () => expectAccessible(page))
      await visit('/admin/work', heading('Processes'))
      await visit('/admin/reviews', page.getByRole('button', { name: 'Approve and show to everybody' }))
      await visit('/admin/audit', heading('Nothing has been changed yet'))
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
    await step.getByRole('button', { name: 'Run again from here' }).tap()
    await expect(page.getByRole('dialog')).toContainText('What started the run')
    await fits()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).tap()
    await step.getByRole('button', { name: 'Close the panel' }).tap()
    await page.getByRole('link', { name: 'Compare' }).tap()
    await expect(page.getByRole('heading', { name: 'Compare runs' })).toBeVisible()
    await expect(page.getByRole('main').locator('h2').first()).toBeVisible()
    await fits()
    await expectAccessible(page)

    await page.goto(workflow.url)
    await page.getByRole('button', { name: /^Log/ }).tap()
    await expect(step.getByRole('textbox', { name: 'Message' })).toBeVisible()
    await fits()
    await expectAccessible(page)
  })
})

function visitorOf(page: Page) {
  return {
    heading: (name: string) => page.getByRole('heading', { name }),
    row: (text: string) => page.getByRole('row').filter({ hasText: text }),
    async visit(address: string, seen: Locator) {
      await page.goto(`${trama.url}${address}`)
      await expect(seen.first()).toBeVisible()
      await test.step(address, () => expectAccessible(page))
    },
  }
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`).join('\n')}`,
  )
  // Soft: one look tells of every page.
  expect.soft(found).toEqual([])
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

import path from 'node:path'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { editorOf } from './editor.ts'
import { signIn } from './people.ts'
import { openShowroom } from './showroom.ts'
import { cakesFirst, cakesItem, cakesNext } from './showroom-shelf.ts'

// `npm run screenshots`: the pictures of the README and the docs, taken from a real installation in both themes.
// Real runs, against the stand-ins of the tests.

const images = path.resolve(import.meta.dirname, '../docs/images')
const phone = { width: 375, height: 812 }
let showroom: Awaited<ReturnType<typeof openShowroom>>
let cakes: string

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  showroom = await openShowroom(browser)
  await live()
  cakes = await shelve()
  await stall()
})
test.afterAll(() => showroom?.close())

/** A morning at Acme: customers, orders, expenses, and a warehouse that does not answer. */
async function live() {
  const { writes, sale, expense, order } = showroom
  for (const [sku, quantity] of [
    ['mug', 2],
    ['notebook', 1],
    ['shirt', 3],
  ] as const)
    await order(sku, quantity)
  for (const [at, sku] of [
    'mug',
    'bowl',
    'shirt',
    'mug',
    'lamp',
    'plate',
    'bowl',
    'lamp',
    'mug',
    'lamp',
  ].entries())
    await sale(`A-10${at + 10}`, sku, 2)
  for (const [what, amount] of [
    ['Paper', 12],
    ['Coffee', 34.5],
    ['A keyboard', 120],
    ['Train to Porto', 96],
  ] as const)
    await expense(what, amount)
  await writes('5511912345678', 'Hi! Where is my order A-1001?')
  await writes('5511955550101', 'Can I talk to a person, please?')
  await writes('5500000000001', 'When does A-1002 arrive?')
  await writes('5511955550102', 'And A-1004?')
  await writes('5500000000002', 'Hello? A-1005?')
  await writes('5511955550103', 'My order A-1003 arrived broken. Can I have my money back?')
  await expect
    .poll(async () => (await showroom.acme.look('tasks.count', undefined)).open, { timeout: 60_000 })
    .toBe(3)
  await expect
    .poll(async () => (await showroom.acme.look('runs.groups', {})).length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(2)
}

/** Parcels that cannot be booked while the warehouse is closed: their runs wait until somebody decides. */
async function stall() {
  const { acme } = showroom
  const id = await acme.create('Book parcels', {
    nodes: [
      { key: 'start', type: 'trigger.manual', version: 1, params: {} },
      {
        ...{ key: 'book', name: 'Ask the warehouse', type: 'http.request', version: 1 },
        params: { url: 'https://stock.example.com/items?sku=lamp' },
        reliability: { attempts: 2, delayMs: 0, onFailure: 'attention' },
      },
    ],
    edges: [{ from: 'start', port: 'out', to: 'book' }],
  })
  for (let at = 0; at < 12; at++)
    await acme.ask('runs.start', { workflowId: id, source: 'draft', input: { at } })
  await expect
    .poll(async () => (await acme.look('attention.count', {})).open, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(12)
}

/** Bakery shares a workflow with Acme, which adapts it before the next version; another one waits for its review. */
async function shelve() {
  const { acme, bakery, slack } = showroom
  const source = await bakery.create('Cake orders', cakesFirst)
  const shared = { ...cakesItem, workflowId: source, visibility: 'chosen', shareWith: ['acme'] }
  await bakery.ask('library.publish', { ...shared, changes: '' })
  const mine = await acme.install('Cake orders', { slack })
  await acme.change(mine, (drawing) => ({
    ...drawing,
    nodes: drawing.nodes.map((node) =>
      node.key === 'tell'
        ? {
            ...node,
            params: { ...node.params, text: { expr: '`Cake for the office: ${trigger.fields.cake}`' } },
          }
        : node,
    ),
  }))
  await bakery.change(source, () => cakesNext)
  await bakery.ask('library.publish', { ...shared, changes: 'Counts cakes, and says when they are ready.' })
  const greetings = await bakery.create('Birthday cakes', cakesFirst)
  await bakery.ask('library.publish', {
    ...{ ...cakesItem, name: 'Birthday cakes', workflowId: greetings },
    ...{ visibility: 'installation', shareWith: [], changes: '' },
  })
  return mine
}

for (const theme of ['light', 'dark'] as const) {
  const shoot = async (page: Page, name: string) => {
    // A page that follows a run is never idle.
    await page.waitForLoadState('networkidle', { timeout: 3_000 }).catch(() => undefined)
    await page.screenshot({ path: `${images}/${name}-${theme}.png`, animations: 'disabled' })
  }

  test(`what makers see, in ${theme}`, async ({ browser }) => {
    test.setTimeout(240_000)
    const page = await signedIn(browser, { theme })
    const editor = editorOf(page)
    const visit = visitor(page)
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await page.getByRole('link', { name: 'Answer orders' }).click()
    await expect(editor.node('order')).toBeVisible()
    await editor.saved()
    for (const sku of ['mug', 'notebook']) await showroom.order(sku, 1)
    await expect(editor.state('accept', 'Done').or(editor.state('refuse', 'Done')).first()).toBeVisible()
    await editor.open('enough')
    await shoot(page, 'editor-panel')

    await visit(`/acme/workflows/${showroom.workflows.support}`)
    await expect(editor.node('agent')).toBeVisible()
    await editor.showAll()
    await shoot(page, 'agent')
    await editor.open('agent')
    await expect(editor.panel.getByRole('textbox', { name: 'Instructions' })).toBeVisible()
    await shoot(page, 'agent-panel')

    await visit('/acme/library')
    await expect(page.getByText('MAX', { exact: true }).first()).toBeVisible()
    await shoot(page, 'library')
    await page.getByRole('link', { name: 'Answer customers on WhatsApp' }).first().click()
    await expect(page.getByRole('heading', { name: 'What you need' })).toBeVisible()
    await expect(page.locator('.react-flow__node').first()).toBeVisible()
    await shoot(page, 'library-item')
    await visit(`/acme/workflows/${cakes}/update`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('.react-flow__node').first()).toBeVisible()
    await shoot(page, 'library-update')
    await visit('/acme/connections')
    await expect(page.getByRole('row').nth(3)).toBeVisible()
    await shoot(page, 'connections')
    await page.context().close()
  })

  test(`what people watch, in ${theme}`, async ({ browser }) => {
    test.setTimeout(240_000)
    const page = await signedIn(browser, { theme })
    const editor = editorOf(page)
    const visit = visitor(page)
    await visit('/acme/runs')
    await expect(page.getByRole('row').nth(9)).toBeVisible()
    await shoot(page, 'runs')
    const waiting = await waitingRun()
    await visit(`/acme/runs/${waiting}`)
    await expect(editor.node('agent')).toBeVisible()
    await editor.node('agent').click()
    await editor.showAll()
    await shoot(page, 'run')
    const { failed, well } = await orderRuns()
    await visit(`/acme/runs/${failed}`)
    await page.getByRole('button', { name: 'Run again from here' }).click()
    await page.getByRole('button', { name: /^Edit what What started the run gave/ }).click()
    await shoot(page, 'replay')
    await visit(`/acme/runs/${failed}/compare/${well}`)
    await expect(page.getByRole('main').getByText('Only differences')).toBeVisible()
    await shoot(page, 'compare')
    for (const [name, address, seen] of [
      ['failures', '/acme/runs/failures', 'This number is not on WhatsApp'],
      ['attention', '/acme/attention', '503'],
      ['dashboard', '/acme/dashboard', 'Outcomes'],
      ['alerts', '/acme/alerts', 'Many orders fail'],
      ['audit', '/acme/audit', 'connection.create'],
      ['admin', '/admin', 'By tenant'],
      ['admin-tenants', '/admin/tenants', 'Bakery'],
      ['admin-work', '/admin/work', 'Processes'],
      ['reviews', '/admin/reviews', 'Birthday cakes'],
    ] as const) {
      await visit(address)
      await expect(page.getByRole('main').getByText(seen).first()).toBeVisible()
      // Charts are drawn once their place is known.
      await page.waitForTimeout(1_500)
      await shoot(page, name)
    }
    await page.context().close()
  })

  test(`what people answer, in ${theme}`, async ({ browser }) => {
    test.setTimeout(240_000)
    const page = await signedIn(browser, { theme, viewport: phone })
    const visit = visitor(page)
    await visit('/acme/tasks')
    await expect(page.getByText('Pay an order back').first()).toBeVisible()
    await shoot(page, 'tasks-phone')
    await page.getByText('Pay an order back').first().click()
    await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/)
    await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible()
    await shoot(page, 'task-phone')
    await visit(`/acme/runs/${await waitingRun()}`)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await page.waitForTimeout(1_500)
    await shoot(page, 'run-phone')
    await visit('/forms/acme/expenses')
    await page.getByLabel('Your e-mail address').fill('grace@example.com')
    await page.getByLabel('What was it for?').fill('A keyboard')
    await shoot(page, 'form-phone')
    await visit('/chat/acme/max')
    await page.getByRole('button', { name: 'Should we sell to companies too?' }).click()
    await expect(page.getByText('What I would leave out', { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByRole('button', { name: 'New conversation' })).toBeVisible()
    await shoot(page, 'chat-phone')
    await page.context().close()
  })
}

/** The run whose agent waits for an approval. */
async function waitingRun(): Promise<string> {
  const { items } = await showroom.acme.look('tasks.list', { status: 'open' })
  const found = items.find(
    (one: { workflow: { id: string } }) => one.workflow.id === showroom.workflows.support,
  )
  return found.runId
}

/** Two runs of one workflow that takes orders: one that failed, and one that went well. */
async function orderRuns(): Promise<{ failed: string; well: string }> {
  const runsOf = async (status: string) => {
    const { items } = await showroom.acme.look('runs.list', { status: [status], limit: 200 })
    const found: { id: string; workflowId: string }[] = items
    return new Map(found.map(({ id, workflowId }) => [workflowId, id]))
  }
  const well = await runsOf('succeeded')
  for (const [workflow, failed] of await runsOf('failed')) {
    const other = well.get(workflow)
    if (other) return { failed, well: other }
  }
  throw new Error('No workflow has both')
}

const visitor = (page: Page) => (address: string) => page.goto(`${showroom.trama.url}${address}`)

async function signedIn(
  browser: Browser,
  { theme, viewport }: { theme: 'light' | 'dark'; viewport?: { width: number; height: number } },
) {
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: viewport ?? { width: 1280, height: 800 },
    deviceScaleFactor: viewport ? 2 : 1,
  })
  const page = await context.newPage()
  await signIn(page, showroom.trama)
  return page
}

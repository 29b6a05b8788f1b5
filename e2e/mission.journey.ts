import { type Browser, expect, type Page, test } from '@playwright/test'
import { editorOf } from './editor.ts'
import { ask, signIn, signUp } from './people.ts'
import { installTrama, type Trama } from './trama.ts'
import { startWorld } from './world.ts'

const grace = { name: 'Grace', email: 'grace@example.com', password: 'a long enough secret' }
const linus = {
  name: 'Linus',
  email: 'linus@example.com',
  password: 'a long enough secret',
  tenant: 'Bakery',
}

let world: Awaited<ReturnType<typeof startWorld>>
let trama: Trama
test.beforeAll(async () => {
  world = await startWorld()
  trama = await installTrama({ TRAMA_EGRESS_ALLOW: '127.0.0.1' })
  await trama.start()
})
test.afterAll(async () => {
  await trama.stop()
  await world.stop()
})

test('an agent is built, shared, reviewed, installed, upgraded, approved and watched', async ({
  page: ada,
  browser,
}) => {
  test.setTimeout(240_000)
  await signIn(ada, trama)
  const graces = await itsOwn(browser)
  const linuss = await itsOwn(browser)

  await test.step('Ada invites Grace to Acme, and stores its connections', async () => {
    await signUp(graces, trama, grace)
    const { url } = await ask(ada, {
      tenant: 'acme',
      procedure: 'members.invite',
      input: { email: grace.email, role: 'editor' },
    })
    await graces.goto(url)
    await graces.getByRole('button', { name: 'Join Acme' }).click()
    await graces.waitForURL(/\/acme\/workflows$/)
    await connect(ada, 'acme')
  })

  await test.step('Grace draws an agent with a tool that needs an approval', async () => {
    await newWorkflow(graces, 'WhatsApp refunds')
    const editor = editorOf(graces)
    await editor.place('WhatsApp message \\(Evolution\\)', { x: 240, y: 80 })
    await editor.place('AI agent', { x: 240, y: 200 })
    await editor.place('HTTP request', { x: 240, y: 460 })
    await editor.place('Send WhatsApp \\(Evolution\\)', { x: 240, y: 330 })
    await editor.saved()
    await editor.showAll()
    await editor.connect('whatsapp_message_evolution', 'out', 'ai_agent')
    await editor.connect('ai_agent', 'tools', 'http_request')
    await editor.connect('ai_agent', 'out', 'send_whatsapp_evolution')
    await graces.getByRole('button', { name: 'Tidy up' }).click()

    await editor.open('whatsapp_message_evolution')
    await editor.panel.getByRole('combobox', { name: 'Connection' }).selectOption('WhatsApp')
    await editor.open('ai_agent')
    await editor.panel.getByRole('combobox', { name: 'Connection' }).selectOption('Claude')
    await editor.panel.getByRole('combobox', { name: 'Model' }).fill('claude-sonnet-5-5')
    await editor.write('Instructions', 'Answer customers briefly.')
    await editor.pick('Message', 'trigger.text')
    await editor.open('http_request')
    await editor.panel.getByLabel('Description for the agent').fill('Pays a customer back.')
    await editor.panel.getByRole('textbox', { name: 'Name' }).last().fill('refund')
    await editor.panel.getByLabel('Who approves each call').selectOption('An admin')
    await editor.panel.getByLabel('Method', { exact: true }).selectOption('POST')
    await editor.write('URL', `${world.shop.url}/refunds`)
    await editor.panel.getByRole('combobox', { name: 'Body', exact: true }).selectOption('JSON')
    await editor.open('send_whatsapp_evolution')
    await editor.panel.getByRole('combobox', { name: 'Connection' }).selectOption('WhatsApp')
    await editor.pick('To', 'trigger.from')
    await editor.panel.getByRole('radiogroup', { name: 'Message' }).getByText('Text', { exact: true }).click()
    await editor.pick('Text', 'steps.ai_agent.text')
    await editor.saved()
    await graces.getByRole('button', { name: 'Publish version 1' }).click()
    await expect(graces.getByText('Version 1 is live').first()).toBeVisible()
  })
  const graceEditor = graces.url()

  await test.step('Grace offers it to everybody, Ada reviews it', async () => {
    await publishToLibrary(graces, {
      version: 1,
      summary: 'Answers on WhatsApp, pays back after an approval.',
    })
    await review(ada)
  })

  await test.step('Linus installs it in his own tenant and adapts it', async () => {
    await signUp(linuss, trama, linus)
    await connect(linuss, 'bakery')
    await goTo(linuss, 'Library')
    await linuss.getByRole('link', { name: /WhatsApp refunds/ }).click()
    await linuss.getByRole('button', { name: 'Install', exact: true }).first().click()
    const wizard = linuss.getByRole('dialog')
    await wizard.getByRole('button', { name: 'Next' }).click()
    for (const select of await wizard.getByRole('combobox').all()) {
      const fitting = select.locator('option', { hasText: /^(Claude|WhatsApp)$/ })
      await expect(fitting).toHaveCount(1)
      await select.selectOption(await fitting.innerText())
    }
    while (await wizard.getByRole('button', { name: 'Next' }).isVisible())
      await wizard.getByRole('button', { name: 'Next' }).click()
    await wizard.getByRole('button', { name: 'Install', exact: true }).click()
    await linuss.waitForURL(/\/bakery\/workflows\/[0-9a-f-]{36}/)
    const editor = editorOf(linuss)
    await editor.open('ai_agent')
    await editor.write('Instructions', 'Answer in verse.')
    await editor.saved()
  })
  const linusEditor = linuss.url()

  await test.step('Grace publishes a second version, Linus upgrades with one conflict', async () => {
    await graces.goto(graceEditor)
    const editor = editorOf(graces)
    await editor.open('ai_agent')
    await editor.write('Instructions', 'Answer customers briefly and kindly.')
    await editor.saved()
    await publishToLibrary(graces, { version: 2, changes: 'Kinder.' })
    await review(ada)

    await linuss.goto(linusEditor)
    await linuss.getByRole('link', { name: 'Update to 2' }).click()
    await expect(linuss.getByText('1 conflict', { exact: true })).toBeVisible()
    await linuss.getByRole('radio', { name: 'Yours' }).check()
    await linuss.getByRole('button', { name: 'Update the draft' }).click()
    await linuss.waitForURL(linusEditor)
    await editorOf(linuss).open('ai_agent')
    await expect(linuss.getByRole('textbox', { name: 'Instructions' })).toContainText('Answer in verse.')
    await linuss.getByRole('button', { name: 'Publish version 1' }).click()
    await expect(linuss.getByText('Version 1 is live').first()).toBeVisible()
  })
  const workflowId = linusEditor.split('/').at(-1)?.split('?')[0] ?? ''
  const address = `${trama.url}/hooks/bakery/events/${workflowId}/whatsapp_message_evolution`

  await test.step('a customer writes, the agent asks, Linus approves on his phone', async () => {
    world.says({ calls: [{ name: 'refund', input: {} }] }, { text: 'Your money is on its way.' })
    expect((await world.writes(address, { text: 'I want my money back' })).status).toBe(200)
    const phone = await (
      await browser.newContext({ viewport: { width: 375, height: 812 }, hasTouch: true })
    ).newPage()
    await signIn(phone, trama, linus)
    await phone.goto(`${trama.url}/bakery/tasks`)
    await phone.getByRole('link', { name: /refund/ }).click()
    await expect(phone.getByText('wants to use').first()).toBeVisible()
    expect(world.shop.calls).toHaveLength(0)
    await phone.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(phone.getByText('Approved').first()).toBeVisible()
    await expect.poll(() => world.whatsapp.sent.length, { timeout: 30_000 }).toBe(1)
    expect(world.whatsapp.sent[0]).toMatchObject({
      number: '5511912345678',
      text: 'Your money is on its way.',
    })
    expect(world.shop.calls).toHaveLength(1)
    await phone.context().close()
  })

  await test.step('Linus sees the cost, a failure in its group, and retries it', async () => {
    world.says({ error: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' } })
    await world.writes(address, { text: 'Hello?' })
    await goTo(linuss, 'Runs')
    const rows = linuss.getByRole('row').filter({ hasText: 'WhatsApp refunds' })
    await expect(rows.filter({ hasText: 'Succeeded' })).toContainText('$')
    await linuss.getByRole('link', { name: 'Failures by cause' }).click()
    const cause = linuss.getByRole('row').filter({ hasText: 'WhatsApp refunds' })
    await expect(cause).toHaveCount(1)
    world.says({ text: 'Hello!' })
    await cause.getByRole('button', { name: /^Retry all/ }).click()
    await linuss.getByRole('alertdialog').getByRole('button', { name: 'Retry them' }).click()
    await expect.poll(() => world.whatsapp.sent.length, { timeout: 30_000 }).toBe(2)
    await goTo(linuss, 'Dashboard')
    await expect(linuss.getByText('Cost of models').first()).toBeVisible()
    await expect(linuss.getByRole('region', { name: 'Costing most' })).toContainText('WhatsApp refunds')
  })

  await test.step('who did what is on record', async () => {
    await goTo(linuss, 'Audit log')
    for (const action of ['install.create', 'workflow.upgrade', 'workflow.publish', 'task.answer'])
      await expect(
        linuss.getByRole('button', { name: new RegExp(action.replace('.', '\\.')) }).first(),
      ).toBeVisible()
  })
})

async function goTo(page: Page, place: string) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()
}

/** From the editor: the draft becomes a version that everybody may install once it is reviewed. */
async function publishToLibrary(
  page: Page,
  { version, summary, changes }: { version: number; summary?: string; changes?: string },
) {
  await page.goto(`${page.url().split('?')[0]}/publish`)
  if (summary) await page.getByLabel('In one sentence').fill(summary)
  if (changes) await page.getByLabel('What changed').fill(changes)
  await page.getByRole('radio', { name: /Everybody on this installation/ }).check()
  await page.getByRole('button', { name: `Publish version ${version}` }).click()
  await expect(page.getByText(`Version ${version} waits for its review`).first()).toBeVisible()
}

async function review(page: Page) {
  await page.goto(`${trama.url}/admin/reviews`)
  await page.getByRole('button', { name: 'Approve and show to everybody' }).click()
  await expect(page.getByText('“WhatsApp refunds” is shown to everybody').first()).toBeVisible()
}

async function itsOwn(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  return context.newPage()
}

/** The tenant's connections to the services outside. */
async function connect(page: Page, tenant: string) {
  for (const [name, { kind, fields }] of Object.entries(world.connections))
    await ask(page, {
      tenant,
      procedure: 'connections.create',
      input: { name, kind, fields },
    })
}

async function newWorkflow(page: Page, name: string) {
  await page.getByRole('button', { name: 'New workflow' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create workflow' }).click()
  await page.waitForURL(/\/workflows\/[0-9a-f-]{36}/)
}

import { type Browser, expect, type Page, test } from '@playwright/test'
import { type AnthropicScript, anthropicKey, startAnthropicFake } from '../server/test/fakes/anthropic.ts'
import { apiKey, apiOf, type DrawnNode, drawing } from './api.ts'
import { ask, signIn } from './people.ts'
import { installTrama, type Trama } from './trama.ts'

const replies: (AnthropicScript | Promise<AnthropicScript>)[] = []
let model: Awaited<ReturnType<typeof startAnthropicFake>>
let trama: Trama
let strangers: Page[] = []

test.beforeAll(async () => {
  model = await startAnthropicFake({ replies: () => replies.shift() ?? { text: 'Nothing to add.' } })
  trama = await installTrama({ TRAMA_API_KEY: apiKey, TRAMA_EGRESS_ALLOW: '127.0.0.1' })
  await trama.start()
})
test.afterEach(async () => {
  for (const page of strangers) await page.context().close()
  strangers = []
})
test.afterAll(async () => {
  await trama.stop()
  await model.close()
})

test('a stranger chats with an agent on a phone, until the page is taken down', async ({ page, browser }) => {
  await signIn(page, trama)
  const { id: connection } = await ask(page, {
    tenant: 'acme',
    procedure: 'connections.create',
    input: { name: 'Claude', kind: 'model.anthropic', fields: { apiKey: anthropicKey, baseUrl: model.url } },
  })
  const id = await publish('Support', [
    [
      {
        key: 'chat',
        type: 'trigger.chat',
        at: [0, 0],
        params: { path: 'support', title: 'Acme support', suggestions: ['Where is my order?'] },
      },
      {
        ...{ key: 'agent', type: 'agent.run', at: [0, 160], connection },
        params: {
          model: 'claude-sonnet-5-5',
          message: { expr: 'trigger.message' },
          memory: { kind: 'conversation', key: { expr: 'trigger.conversation' }, messages: 20 },
        },
      },
    ],
    ['chat>agent'],
  ])
  const phone = await stranger(browser, '/chat/acme/support')
  const messages = phone.getByRole('list', { name: 'Messages' })
  const say = async (text: string) => {
    await phone.getByRole('textbox', { name: 'Your message' }).fill(text)
    await phone.getByRole('button', { name: 'Send', exact: true }).tap()
  }

  await test.step('an answer is awaited and appears', async () => {
    await expect(phone).toHaveTitle('Acme support')
    let answer: (script: AnthropicScript) => void = () => undefined
    replies.push(new Promise((resolve) => (answer = resolve)))
    await phone.getByRole('button', { name: 'Where is my order?' }).tap()
    await expect(messages.getByRole('img', { name: 'Writing an answer' })).toBeVisible()
    answer({ text: 'On its way: it arrives on Thursday.' })
    await expect(messages).toContainText('On its way: it arrives on Thursday.')
    await expect(messages.getByRole('img', { name: 'Writing an answer' })).toBeHidden()
  })

  await test.step('the second message remembers the first', async () => {
    replies.push({ text: 'You asked for your order.' })
    await say('What did I ask before?')
    await expect(messages).toContainText('You asked for your order.')
    expect(JSON.stringify(model.requests.at(-1)?.messages)).toMatch(
      /Where is my order\?.*it arrives on Thursday.*What did I ask before\?/,
    )
  })

  await test.step('an answer that failed can be asked for again', async () => {
    replies.push({ error: { status: 401, type: 'authentication_error', message: 'invalid x-api-key' } })
    await say('Can I still change it?')
    await expect(messages).toContainText('Something went wrong while answering.')
    replies.push({ text: 'Yes, until tomorrow.' })
    await messages.getByRole('button', { name: 'Ask again' }).tap()
    await expect(messages).toContainText('Yes, until tomorrow.')
    await fitsWithoutSession(phone)
  })

  await test.step('a chat is there after a reload, and another stranger does not see it', async () => {
    await phone.reload()
    await expect(messages).toContainText('Yes, until tomorrow.')
    const other = await stranger(browser, '/chat/acme/support')
    await expect(other.getByRole('button', { name: 'Where is my order?' })).toBeVisible()
    await expect(other.getByRole('list', { name: 'Messages' })).not.toContainText('Yes, until tomorrow.')
  })

  await test.step('a chat that was taken down says so', async () => {
    await apiOf(trama).call('POST', `/workflows/${id}/unpublish`)
    await say('Are you there?')
    await expect(messages).toContainText('This chat has been closed.')
    await phone.reload()
    await expect(phone.getByText('There is nothing here')).toBeVisible()
  })
})

test('a stranger fills in a form, and a member decides about it', async ({ page, browser }) => {
  const field = (name: string, label: string, kind: string) => ({ name, label, kind, required: true })
  const answer = (key: string, body: string, at: [number, number]): DrawnNode => ({
    ...{ key, type: 'flow.respond', at },
    params: { body },
  })
  const id = await publish('Expenses', [
    [
      {
        ...{ key: 'form', type: 'trigger.form', at: [0, 0] },
        params: {
          ...{ path: 'expenses', title: 'Expenses', answer: 'by_node' },
          fields: [field('email', 'Your e-mail address', 'email'), field('amount', 'Amount', 'number')],
        },
      },
      {
        ...{ key: 'much', type: 'flow.if', at: [0, 160] },
        params: {
          conditions: { rules: [{ left: { expr: 'trigger.fields.amount' }, op: 'at_least', right: 100 }] },
        },
      },
      answer('at_once', 'Paid at once.', [320, 320]),
      answer('later', 'Somebody decides soon.', [0, 320]),
      {
        ...{ key: 'decide', type: 'person.approval', at: [0, 480] },
        params: { title: 'Pay this expense?', data: { expr: 'trigger.fields' } },
      },
      { key: 'paid', type: 'flow.log', at: [0, 640], params: { message: 'paid' } },
    ],
    ['form>much', 'much:no>at_once', 'much:yes>later', 'later>decide', 'decide:approved>paid'],
  ])
  const phone = await stranger(browser, '/forms/acme/expenses')
  const email = phone.getByLabel('Your e-mail address')
  const amount = phone.getByLabel('Amount')
  const send = phone.getByRole('button', { name: 'Send', exact: true })

  await test.step('what is wrong is said in place', async () => {
    await send.tap()
    await expect(email).toHaveAccessibleDescription('This has to be filled in.')
    await expect(amount).toHaveAccessibleDescription('This has to be filled in.')
    await email.fill('grace at example')
    await amount.fill('250')
    await send.tap()
    await expect(email).toHaveAccessibleDescription('This is not an e-mail address.')
    await expect(phone.getByText('One field needs another look.')).toBeVisible()
  })

  await test.step('it is sent, and answered as the workflow says', async () => {
    await email.fill('grace@example.com')
    await send.tap()
    await expect(phone.getByText('Somebody decides soon.')).toBeVisible()
    await phone.getByRole('button', { name: 'Fill in another' }).tap()
    await email.fill('grace@example.com')
    await amount.fill('12')
    await send.tap()
    await expect(phone.getByText('Paid at once.')).toBeVisible()
    await fitsWithoutSession(phone)
  })

  await test.step('the owner sees that one task waits, and approves it', async () => {
    await expect.poll(openTasks, { timeout: 30_000 }).toBe(1)
    await signIn(page, trama)
    const tasks = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Tasks/ })
    await expect(tasks).toContainText('1 open task')
    await tasks.click()
    await page.getByRole('link', { name: 'Pay this expense?' }).click()
    await expect(page.getByText('grace@example.com')).toBeVisible()
    await page.getByLabel('Comment').fill('Fine')
    await page.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Approved' }).first()).toContainText('Fine')
    await expect(tasks).not.toContainText('open task')
    await page.getByRole('link', { name: 'Open the run' }).click()
    await expect(page.getByText('Succeeded').first()).toBeVisible()
  })

  await test.step('a form that was taken down says so', async () => {
    await phone.getByRole('button', { name: 'Fill in another' }).tap()
    await apiOf(trama).call('POST', `/workflows/${id}/unpublish`)
    await email.fill('grace@example.com')
    await amount.fill('12')
    await send.tap()
    await expect(phone.getByText('There is nothing here')).toBeVisible()
    await phone.reload()
    await expect(phone.getByText('There is nothing here')).toBeVisible()
  })
})

/** A page of somebody without an account, on a phone. */
async function stranger(browser: Browser, address: string) {
  const context = await browser.newContext({
    ...{ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true, locale: 'en-GB' },
  })
  const page = await context.newPage()
  strangers.push(page)
  await page.goto(`${trama.url}${address}`)
  return page
}

async function fitsWithoutSession(page: Page) {
  const [wide, seen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth]
  })
  expect(wide).toBe(seen)
  expect(await page.context().cookies()).toEqual([])
}

async function publish(name: string, [nodes, threads]: Parameters<typeof drawing>) {
  const api = apiOf(trama)
  const { id } = await api.draw(name, drawing(nodes, threads))
  await api.call('POST', `/workflows/${id}/publish`)
  return id
}

async function openTasks() {
  const list = await apiOf(trama).call('GET', '/tasks?status=open')
  return typeof list === 'object' && list !== null && 'items' in list && Array.isArray(list.items)
    ? list.items.length
    : list
}

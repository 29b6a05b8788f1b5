import type { Browser, Page } from '@playwright/test'
import { evolutionDelivery } from '../server/test/fakes/evolution.ts'
import { ask, signIn, signUp } from './people.ts'
import { startServices } from './showroom-services.ts'
import { installTrama } from './trama.ts'

/** A drawing as the API gives it, as far as it is changed here. */
export interface Drawing {
  nodes: { key: string; params: Record<string, unknown>; [more: string]: unknown }[]
  edges: { from: string; port: string; to: string }[]
}
interface Workflow {
  id: string
  draft: Drawing
  draftRevision: number
}

/** An installation with two tenants, templates in use, runs of all kinds, and people who are waited for. */
export async function openShowroom(browser: Browser) {
  const services = await startServices()
  const trama = await installTrama(services.env)
  await trama.start()
  const people = await Promise.all([browser.newPage(), browser.newPage()])
  const [ada, linus] = people
  await signIn(ada, trama)
  await signUp(linus, trama, {
    ...{ name: 'Linus', email: 'linus@example.com', password: 'a long enough secret', tenant: 'Bakery' },
  })
  const acme = tenantOf(ada, 'acme')
  const connected: Record<string, string> = {}
  for (const [name, about] of Object.entries(services.connections))
    connected[name] = (await acme.ask('connections.create', { name, ...about })).id
  const mail = connected['Mail server']
  const slack = connected['Acme in Slack']

  const support = await acme.install('Answer customers on WhatsApp', {
    whatsapp: connected['Shop number'],
    model_key: connected.Claude,
    slack,
    channel: '#orders',
    orders_url: 'https://shop.example.com/orders',
  })
  await acme.change(support, addRefund)
  await acme.publish(support)
  const expenses = await acme.install('Approve expenses', { mail })
  await acme.publish(expenses)
  const stock = await acme.install('Take orders that are in stock', {
    stripe: connected.Stripe,
    slack,
    stock_url: 'https://stock.example.com/items',
    channel: '#orders',
  })
  await acme.publish(stock)
  const max = await acme.install('MAX', { model_key: connected.Claude })
  await acme.publish(max)

  for (const [name, condition, channel] of [
    ['Anything fails', { kind: 'failure' }, { kind: 'email', to: ['ops@example.com'], connectionId: mail }],
    [
      'Many orders fail',
      { kind: 'failure_rate', percent: 20, minutes: 60, least: 5 },
      { kind: 'slack', channel: '#orders', connectionId: slack },
    ],
    [
      'The report did not run',
      { kind: 'missed_schedule' },
      { kind: 'slack', channel: '#orders', connectionId: slack },
    ],
  ] as const)
    await acme.ask('alerts.createRule', { name, condition, channel, quietMinutes: 60 })

  const post = (path: string, body: unknown) =>
    fetch(`${trama.url}/hooks/acme/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  return {
    trama,
    services,
    acme,
    bakery: tenantOf(linus, 'bakery'),
    slack,
    workflows: { support, expenses, stock, max },
    order: (sku: string, quantity: number) => post('orders', { sku, quantity }),
    /** An order of the shop, whose stock and card are asked for. */
    sale: (id: string, sku: string, quantity: number) =>
      post('orders-in-stock', {
        ...{ id, sku, quantity, amount: 2_400 * quantity, paymentMethod: 'pm_card_visa', customer: 'Ada' },
      }),
    expense: (what: string, amount: number) =>
      post('forms/expenses', { fields: { email: 'grace@example.com', what, amount } }),
    async writes(from: string, text: string) {
      const { body, headers } = evolutionDelivery({ from, text })
      const address = `${trama.url}/hooks/acme/events/${support}/message`
      await fetch(address, { method: 'POST', headers, body })
    },
    async close() {
      for (const page of people) await page.close()
      await trama.stop()
      await services.stop()
    },
  }
}

/** What a member does in a tenant, by asking what the pages ask. */
function tenantOf(page: Page, tenant: string) {
  const origin = () => new URL(page.url()).origin
  const told = (procedure: string, input: unknown) => ask(page, { tenant, procedure, input })
  async function look(procedure: string, input: unknown) {
    const query = encodeURIComponent(JSON.stringify(input))
    const reply = await page.request.get(`${origin()}/api/trpc/${tenant}/${procedure}?input=${query}`)
    if (!reply.ok()) throw new Error(`${procedure}: ${reply.status()} ${await reply.text()}`)
    return (await reply.json()).result.data
  }
  const workflow = (id: string): Promise<Workflow> => look('workflows.get', { id })
  return {
    ask: told,
    look,
    async install(name: string, values: Record<string, unknown>): Promise<string> {
      const { items } = await look('library.list', { locale: 'en', search: name })
      const item = items.find((one: { name: string }) => one.name === name)
      const about = { publisherId: item.publisher.id, itemId: item.itemId, locale: 'en', name }
      return (await told('library.install', { ...about, values })).workflowId
    },
    async create(name: string, document: unknown): Promise<string> {
      return (await told('workflows.create', { name, document })).id
    },
    async change(id: string, edit: (drawing: Drawing) => Drawing) {
      const { draft, draftRevision } = await workflow(id)
      await told('workflows.saveDraft', { id, document: edit(draft), revision: draftRevision })
    },
    async publish(id: string) {
      const { draftRevision } = await workflow(id)
      await told('workflows.publish', { id, revision: draftRevision })
    },
  }
}

/** A tool that pays back, which an admin approves call by call. */
function addRefund({ nodes, edges, ...rest }: Drawing): Drawing {
  const refund = {
    key: 'refund',
    type: 'http.request',
    version: 1,
    name: 'Pay an order back',
    params: {
      method: 'POST',
      url: 'https://shop.example.com/refunds',
      body: {
        kind: 'json',
        json: { order: { agent: 'The number of the order.' }, amount: { agent: 'How much, in dollars.' } },
      },
    },
    tool: { name: 'refund', description: 'Pays an order back, in part or whole.', approval: 'admin' },
    position: { x: 760, y: 200 },
  }
  return {
    ...rest,
    nodes: [...nodes, refund],
    edges: [...edges, { from: 'agent', port: 'tools', to: 'refund' }],
  }
}

import { randomUUID } from 'node:crypto'
import { type Browser, expect } from '@playwright/test'
import { apiOf, drawing } from './api.ts'
import { ask, signIn } from './people.ts'
import type { Trama } from './trama.ts'
import type { startWorld } from './world.ts'

interface About {
  browser: Browser
  trama: Trama
  world: Awaited<ReturnType<typeof startWorld>>
}

/**
 * Puts something on every page: a chat whose agent waits for the approval of a tool, a form, an item of the library with
 * a newer version, another that waits for its review, and a rule that will be told of what fails.
 */
export async function furnish({ browser, trama, world }: About) {
  const api = apiOf(trama)
  const page = await browser.newPage()
  await signIn(page, trama)
  const told = (procedure: string, input: unknown) => ask(page, { tenant: 'acme', procedure, input })
  const look = async (procedure: string, input: unknown) => {
    const query = encodeURIComponent(JSON.stringify(input))
    const reply = await page.request.get(`${trama.url}/api/trpc/acme/${procedure}?input=${query}`)
    return (await reply.json()).result.data
  }

  const { id: connection } = await told('connections.create', { name: 'Claude', ...world.connections.Claude })
  const support = await api.draw(
    'Support',
    drawing(
      [
        {
          ...{ key: 'chat', type: 'trigger.chat', at: [0, 0] },
          params: { path: 'support', title: 'Acme support', suggestions: ['Where is my order?'] },
        },
        {
          ...{ key: 'agent', type: 'agent.run', at: [0, 160], connection },
          params: { model: 'claude-sonnet-5-5', message: { expr: 'trigger.message' } },
        },
        {
          ...{ key: 'refund', type: 'http.request', at: [320, 320] },
          params: {
            method: 'POST',
            url: `${world.shop.url}/refunds`,
            body: { kind: 'json', json: { order: { agent: 'The number of the order.' } } },
          },
          tool: { name: 'refund', description: 'Pays an order back.', approval: 'admin' },
        },
      ],
      ['chat>agent', 'agent:tools>refund'],
    ),
  )
  const form = await api.draw(
    'Expenses',
    drawing(
      [
        {
          ...{ key: 'form', type: 'trigger.form', at: [0, 0] },
          params: {
            ...{ path: 'expenses', title: 'Expenses', description: 'Paid back within a week.' },
            fields: [
              { name: 'email', label: 'Your e-mail address', kind: 'email', required: true },
              { name: 'amount', label: 'Amount', kind: 'number', required: true },
              { name: 'kind', label: 'What for', kind: 'choice', options: ['Food', 'Travel'] },
              { name: 'receipt', label: 'Receipt', kind: 'file' },
              { name: 'paid', label: 'I have paid it myself', kind: 'checkbox', required: true },
            ],
          },
        },
        { key: 'log', type: 'flow.log', at: [0, 160], params: { message: 'asked' } },
      ],
      ['form>log'],
    ),
  )
  for (const { id } of [support, form]) await api.call('POST', `/workflows/${id}/publish`)

  const item = {
    ...{ summary: 'Pays people back.', icon: 'clipboard-list', tags: ['money'], parameters: [] },
    ...{ readme: '## What you need\n\n- A form.', shareWith: [], changes: '' },
  }
  const own = { ...item, name: 'Expenses', workflowId: form.id, visibility: 'tenant' }
  const { itemId } = await told('library.publish', own)
  const { items } = await look('library.list', { locale: 'en', search: 'Expenses' })
  const [{ publisher }] = items.filter((one: { itemId: string }) => one.itemId === itemId)
  const installed = await told('library.install', {
    ...{ publisherId: publisher.id, itemId, locale: 'en', name: 'Our expenses', values: {} },
  })
  const { draft, draftRevision } = await look('workflows.get', { id: form.id })
  const [first, log] = draft.nodes
  const document = { ...draft, nodes: [first, { ...log, params: { message: 'asked for money' } }] }
  await told('workflows.saveDraft', { id: form.id, document, revision: draftRevision })
  await told('library.publish', { ...own, changes: 'Says what is asked for.' })
  const review = { ...item, name: 'Support', workflowId: support.id, visibility: 'installation' }
  await told('library.publish', review)
  await told('alerts.createRule', {
    ...{ name: 'Anything fails', condition: { kind: 'failure' }, quietMinutes: 0 },
    channel: { kind: 'webhook', url: `${world.shop.url}/alerts` },
  })
  world.says({ text: 'I can pay it back.', calls: [{ name: 'refund', input: { body_json_order: 'A-1' } }] })
  await fetch(`${trama.url}/hooks/acme/chat/support`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversation: randomUUID(), message: 'I want my money back' }),
  })
  let task: { id: string; runId: string } | undefined
  await expect
    .poll(async () => ([task] = (await look('tasks.list', {})).items), { timeout: 30_000 })
    .toHaveLength(1)
  await page.context().close()
  return { task, support: support.id, form: form.id, installed: installed.workflowId }
}

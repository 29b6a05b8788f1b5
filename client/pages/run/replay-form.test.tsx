import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { runRecord } from '#client/canvas/run-record.ts'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { messages } from '#client/lib/messages/en.ts'
import { SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AppRouter } from '#server/api/router.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { ReplayDialog } from './ReplayDialog.tsx'

const document = WorkflowDocument.parse({
  nodes: ['start', 'book', 'price', 'pay'].map((key) => ({ key, type: 'x', version: 1, name: `The ${key}` })),
  edges: [],
})
const history: RunEvent[] = [
  { type: 'run.started', trigger: 'start', output: { who: 'Ada' } },
  { type: 'step.finished', step: 'price', attempt: 1, port: 'out', output: { amount: null } },
]
const record = runRecord(history.map((event, index) => ({ seq: index + 1, at: index, event })))
const plan = {
  ...{ from: 'pay', inside: false, version: 1, undone: [], givable: [], problems: [], runs: ['pay'] },
  choices: { same: 1, newest: { version: 3 } },
  taken: [
    { step: 'book', failed: false, edited: false },
    { step: 'price', failed: false, edited: false },
  ],
}

function open(about: { plan?: object; refuse?: boolean } = {}) {
  const sent: unknown[] = []
  const asked: unknown[] = []
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            if (op.path === 'runs.replay') {
              sent.push(op.input)
              if (about.refuse) {
                const data = { appCode: 'conflict' }
                const error = { message: 'This run has not ended yet', code: -32009, data }
                return observer.error(TRPCClientError.from({ error }))
              }
              observer.next({ result: { type: 'data', data: { runId: 'new' } } })
            } else {
              asked.push(op.input)
              observer.next({ result: { type: 'data', data: { ...plan, ...about.plan } } })
            }
            observer.complete()
          }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role: 'editor' } as const
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: false }
  const dialog = () => <ReplayDialog runId="old" record={record} step="pay" onClose={() => undefined} />
  const router = createMemoryRouter(
    [
      { path: '/', element: createElement(dialog) },
      { path: '/acme/runs/:id', element: <p>The new run</p> },
    ],
    { initialEntries: ['/'] },
  )
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <SessionContext value={{ user, tenants: [tenant], refresh: async () => undefined }}>
        <TenantContext value={tenant}>
          <QueryClientProvider client={queryClient}>
            <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
              <EditorContext value={createEditorStore({ document, infos: [], readonly: true })}>
                <RouterProvider router={router} />
              </EditorContext>
            </TRPCProvider>
          </QueryClientProvider>
        </TenantContext>
      </SessionContext>
    </IntlProvider>,
  )
  return { sent, asked, user: userEvent.setup() }
}
afterEach(cleanup)
const begin = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Run again from here' })

it('starts a run with an output that was edited, and goes there', async () => {
  const { sent, asked, user } = open()
  await user.click(await screen.findByRole('button', { name: 'Edit what The price gave' }))
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'What The price gives, as JSON' })
  expect(JSON.parse(field.value)).toEqual({ amount: null })
  await user.clear(field)
  await user.type(field, '{{"amount": 12')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(begin().disabled).toBe(true)
  await user.type(field, '}')
  await expect.poll(() => begin().disabled).toBe(false)
  expect(asked.at(-1)).toMatchObject({ id: 'old', from: 'pay', edited: ['price'] })
  await user.click(begin())
  await screen.findByText('The new run')
  expect(sent).toEqual([{ id: 'old', from: 'pay', version: 'same', outputs: { price: { amount: 12 } } }])
})

it('the input and the version can be chosen too, and an edit can be taken back', async () => {
  const { sent, user } = open()
  await user.click(await screen.findByRole('button', { name: 'Edit what What started the run gave' }))
  await user.click(screen.getByRole('button', { name: 'Take what it gave in this run' }))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Version' }), 'Version 3, the newest')
  await expect.poll(() => begin().disabled).toBe(false)
  await user.click(begin())
  await screen.findByText('The new run')
  expect(sent).toEqual([{ id: 'old', from: 'pay', version: 'newest', outputs: {} }])
})

it('says why it cannot be, and starts nothing', async () => {
  open({ plan: { taken: [], runs: [], problems: [{ code: 'taken_gone', message: 'x', step: 'book' }] } })
  expect((await screen.findByRole('alert')).textContent).toContain('The step “The book”')
  expect(begin().disabled).toBe(true)
})

it('says that a frame is run again whole, and what was undone', async () => {
  open({ plan: { inside: true, from: 'book', undone: ['price'] } })
  expect(
    await screen.findByText('“The pay” is inside “The book”, so all of “The book” runs again.'),
  ).toBeDefined()
  expect(screen.getByText(/What The price did was undone/)).toBeDefined()
})

it('keeps what was written when the server refuses', async () => {
  const { user } = open({ refuse: true })
  await user.click(await screen.findByRole('button', { name: 'Edit what The book gave' }))
  await user.click(begin())
  expect((await screen.findByRole('alert')).textContent).toContain('has not ended')
  expect(screen.getByRole('textbox', { name: 'What The book gives, as JSON' })).toBeDefined()
})

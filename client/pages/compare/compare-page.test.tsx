import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import type { AppRouter } from '#server/api/router.ts'
import CompareRuns from '../compare.tsx'
import type { Compared } from './Comparison.tsx'

const at = '2026-01-01T00:00:00.000Z'
const run = (id: string, status: 'failed' | 'succeeded'): Compared['left'] => ({
  ...{ id, status, version: 1, startedBy: 'manual', createdAt: at, startedAt: at, finishedAt: at },
  ...{ failure: null, costUsd: 0, tokens: 0, replayOf: null, replayFrom: null },
})
const side = { status: 'succeeded', port: 'out', failure: null, attempts: 1, ms: 5, costUsd: 0 } as const
const same: Compared['steps'][number] = {
  ...{ step: 'book', verdict: 'same', differences: [], more: false },
  ...{ left: { ...side, reused: false }, right: { ...side, reused: true } },
}
const changed: Compared['steps'][number] = {
  ...{ ...same, step: 'price', verdict: 'changed' },
  differences: [
    { path: ['orders', 2, 'total price'], left: { text: '1', cut: false }, right: { text: '2', cut: true } },
    { path: ['gone'], left: { text: 'true', cut: false } },
  ],
}
const comparison: Compared = {
  ...{ left: run('a', 'failed'), right: run('b', 'succeeded'), workflow: { id: 'w', name: 'Orders' } },
  nodes: [{ key: 'price', type: 'data.set', version: 1, name: 'Price it' }],
  ...{ steps: [same, changed], output: { differences: [], more: false }, more: false },
}

const summary = (id: string) => ({
  ...{ id, status: 'succeeded', startedBy: 'manual', createdAt: at, workflow: { id: 'w', name: 'Orders' } },
})
const answers: Record<string, unknown> = {
  'runs.get': { run: run('a', 'failed'), workflow: { id: 'w', name: 'Orders' } },
  'runs.related': { parent: null, children: [], replayed: null, replays: [summary('b')] },
  'runs.list': { items: [summary('a'), summary('c')], next: null },
  'nodes.catalog': [],
  'runs.compare': comparison,
}

function visit(own: Record<string, unknown> = {}, path = '/acme/runs/a/compare') {
  const asked: unknown[] = []
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            if (op.path === 'runs.compare') asked.push(op.input)
            const answer = { ...answers, ...own }[op.path]
            if (answer instanceof TRPCClientError) return observer.error(answer)
            observer.next({ result: { type: 'data', data: answer } })
            observer.complete()
          }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role: 'viewer' } as const
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: false }
  const router = createMemoryRouter(
    [{ path: '/acme/runs/:id/compare/:other?', element: createElement(CompareRuns) }],
    { initialEntries: [path] },
  )
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <SessionContext value={{ user, tenants: [tenant], refresh: async () => undefined }}>
        <TenantContext value={tenant}>
          <QueryClientProvider client={queryClient}>
            <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
              <RouterProvider router={router} />
            </TRPCProvider>
          </QueryClientProvider>
        </TenantContext>
      </SessionContext>
    </IntlProvider>,
  )
  return { asked, user: userEvent.setup() }
}
afterEach(cleanup)

it('compares with the run that goes on from it, and shows what differs, by path', async () => {
  const { asked, user } = visit()
  const row = await screen.findByRole('button', { name: 'What Price it gave' })
  expect(asked).toEqual([{ left: 'a', right: 'b' }])
  expect(screen.queryByText('book')).toBeNull()
  expect(within(row).getByText('Changed')).toBeDefined()
  expect(screen.getByText('orders[2]["total price"]')).toBeDefined()
  expect(screen.getByText('Nothing here')).toBeDefined()
  await user.click(screen.getByRole('switch', { name: 'Only differences' }))
  expect(screen.getAllByText('book').length).toBeGreaterThan(0)
})

it('another run can be chosen', async () => {
  const { asked, user } = visit()
  await screen.findByRole('button', { name: 'What Price it gave' })
  await user.selectOptions(screen.getByRole('combobox', { name: 'Compare with' }), 'c')
  await expect.poll(() => asked.at(-1)).toEqual({ left: 'a', right: 'c' })
})

it('says so when both did the same, and when there is no other run', async () => {
  visit({ 'runs.compare': { ...comparison, steps: [same] } })
  await screen.findByRole('heading', { name: 'Both runs did the same' })
  cleanup()
  visit({
    'runs.related': { parent: null, children: [], replayed: null, replays: [] },
    'runs.list': { items: [summary('a')], next: null },
  })
  await screen.findByRole('heading', { name: 'No other run to compare with' })
})

it('a comparison that cannot be loaded says so, with a way to try again', async () => {
  const data = { appCode: 'unexpected', requestId: 'r-42' }
  visit({ 'runs.compare': TRPCClientError.from({ error: { message: 'no', code: -32603, data } }) })
  expect((await screen.findByRole('alert')).textContent).toContain('r-42')
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined()
})

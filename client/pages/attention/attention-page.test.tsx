import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { type Role, SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import { Confirmations } from '#client/ui/Confirmations.tsx'
import type { AppRouter } from '#server/api/router.ts'
import Attention from '../attention.tsx'
import type { AttentionGroup, AttentionStep } from './row.ts'

const group: AttentionGroup = {
  id: 's1',
  runId: '00000000-0000-7000-8000-00000000abcd',
  step: 'charge',
  why: 'exhausted',
  cause: 'aa',
  code: 'unreachable',
  message: 'pay.example.com could not be reached',
  attempts: 3,
  node: { key: 'charge', name: 'Charge the card', type: 'http.request', version: 1 },
  effect: 'idempotent',
  ports: ['out'],
  workflow: { id: 'w1', name: 'Orders' },
  connection: { id: 'c1', name: 'Payments' },
  createdAt: '2026-01-01T00:00:00.000Z',
  count: 2_000,
  firstAt: '2026-01-01T00:00:00.000Z',
  lastAt: '2026-01-01T00:00:00.000Z',
}
const step: AttentionStep = {
  ...group,
  status: 'open',
  params: { url: 'https://pay.example.com', timeout: 5 },
  missing: [],
  resolution: null,
  answeredBy: null,
  answeredAt: null,
}
type Answers = Record<string, unknown>
const base: Answers = {
  'attention.count': { open: 2_000 },
  'attention.groups': [group],
  'attention.list': { items: [group], next: null },
  'attention.get': step,
  'attention.resolve': {},
  'attention.resolveMany': { id: 'j1', total: 2_000 },
  'bulk.list': [],
  'connections.list': [],
}

function visit(about: { answers?: Answers; role?: Role; at?: string } = {}) {
  const answers = { ...base, ...about.answers }
  const calls: [string, unknown][] = []
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            calls.push([op.path, op.input])
            const answer = answers[op.path]
            if (answer instanceof TRPCClientError) return observer.error(answer)
            observer.next({ result: { type: 'data', data: answer } })
            observer.complete()
          }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role: about.role ?? 'editor' }
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: false }
  const router = createMemoryRouter([{ path: '*', element: <Attention /> }], {
    initialEntries: [about.at ?? '/acme/attention'],
  })
  render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <SessionContext value={{ user, tenants: [tenant], refresh: async () => undefined }}>
        <TenantContext value={tenant}>
          <QueryClientProvider client={queryClient}>
            <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
              <RouterProvider router={router} />
              <Confirmations />
            </TRPCProvider>
          </QueryClientProvider>
        </TenantContext>
      </SessionContext>
    </IntlProvider>,
  )
  const asked = (path: string) => calls.filter(([one]) => one === path).map(([, input]) => input)
  return { asked, user: userEvent.setup() }
}

beforeEach(() => {
  // happy-dom lays nothing out; lists need to know how much of them is seen.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(720)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1024)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('says what comes here while nothing does, and offers to clear a filter that finds nothing', async () => {
  const answers = { 'attention.groups': [], 'attention.count': { open: 0 } }
  const { user } = visit({ answers, at: '/acme/attention?why=unknown' })
  await screen.findByRole('heading', { name: 'No step matches' })
  await user.click(screen.getByRole('button', { name: 'Clear filters' }))
  await screen.findByRole('heading', { name: 'Nothing needs attention' })
})

it('a list that cannot be loaded says so', async () => {
  const data = { appCode: 'unexpected', requestId: 'r-42' }
  const error = TRPCClientError.from({ error: { message: 'no', code: -32603, data } })
  visit({ answers: { 'attention.groups': error } })
  expect((await screen.findByRole('alert')).textContent).toContain('r-42')
})

it('opens a cause, then a step of it; what it shows is in the address', async () => {
  const { asked, user } = visit()
  await user.click(await screen.findByRole('link', { name: group.message }))
  await user.click(await screen.findByRole('link', { name: 'Decide about Charge the card' }))
  const panel = await screen.findByRole('complementary', { name: 'Charge the card' })
  expect(asked('attention.list')).toContainEqual(expect.objectContaining({ cause: 'aa' }))
  expect(asked('attention.get')).toEqual([{ id: 's1' }])
  await within(panel).findByText(/It failed 3 times/)
  expect(within(panel).getByText(/same idempotency key/)).toBeDefined()
})

it('a retry sends what was changed, and nothing else', async () => {
  const { asked, user } = visit({ at: '/acme/attention?cause=aa&step=s1' })
  const url = await screen.findByLabelText('Url')
  await user.clear(url)
  await user.type(url, 'https://new.example.com')
  await user.click(screen.getByRole('button', { name: 'Retry the step' }))
  await vi.waitFor(() =>
    expect(asked('attention.resolve')).toEqual([
      { id: 's1', resolution: { how: 'retry', params: { url: 'https://new.example.com' } } },
    ]),
  )
})

it('a step is skipped with JSON only, by one of its ways', async () => {
  const answers = { 'attention.get': { ...step, ports: ['yes', 'no'] } }
  const { asked, user } = visit({ answers, at: '/acme/attention?step=s1' })
  await user.click(await screen.findByRole('radio', { name: /Skip/ }))
  const output = screen.getByLabelText('Output (JSON)')
  await user.clear(output)
  await user.type(output, 'paid')
  expect(await screen.findByText('This is not JSON.')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Skip the step' })).toHaveProperty('disabled', true)
  await user.clear(output)
  await user.type(output, '"paid"')
  await user.selectOptions(screen.getByLabelText('Goes on by'), 'no')
  await user.click(screen.getByRole('button', { name: 'Skip the step' }))
  await vi.waitFor(() =>
    expect(asked('attention.resolve')).toEqual([
      { id: 's1', resolution: { how: 'skip', output: 'paid', port: 'no' } },
    ]),
  )
})

it('what the server finds wrong is shown at the step', async () => {
  const data = { appCode: 'invalid', issues: [{ path: 'resolution.params.url', message: 'Not an address' }] }
  const error = TRPCClientError.from({ error: { message: 'no', code: -32600, data } })
  const { user } = visit({ answers: { 'attention.resolve': error }, at: '/acme/attention?step=s1' })
  await user.click(await screen.findByRole('button', { name: 'Retry the step' }))
  expect((await screen.findByRole('alert')).textContent).toBe('url Not an address')
})

it('all that match are decided about at once, after how many was said', async () => {
  const { asked, user } = visit({ at: '/acme/attention?connection=c1' })
  await user.click(await screen.findByRole('button', { name: 'All that match' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Retry them all …' }))
  const dialog = await screen.findByRole('dialog', { name: 'Retry 2,000 steps?' })
  await user.type(within(dialog).getByRole('textbox'), '[[1]')
  await within(dialog).findByText('This must be a JSON object.')
  await user.clear(within(dialog).getByRole('textbox'))
  await user.click(within(dialog).getByRole('button', { name: 'Retry them' }))
  await vi.waitFor(() =>
    expect(asked('attention.resolveMany')).toEqual([
      { filter: { connectionId: 'c1' }, resolution: { how: 'retry' } },
    ]),
  )
})

it('a viewer sees, and is offered nothing they may not do', async () => {
  visit({ role: 'viewer', at: '/acme/attention?step=s1' })
  await screen.findByText('Editors and admins decide about steps.')
  expect(screen.queryByRole('button', { name: 'All that match' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Retry the step' })).toBeNull()
})

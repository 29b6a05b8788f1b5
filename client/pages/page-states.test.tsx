import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { type ComponentType, createElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { type Role, SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import type { AppRouter } from '#server/api/router.ts'
import ApiKeys from './api-keys.tsx'
import Connections from './connections.tsx'
import Runs from './runs.tsx'
import Workflows from './workflows.tsx'

type Answers = Record<string, unknown>

const refusal = (data: object) => TRPCClientError.from({ error: { message: 'no', code: -32603, data } })

/** A client that answers from a table: data, or an error to fail with. */
function answering(answers: Answers, calls: [string, unknown][]) {
  return createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            calls.push([op.path, op.input])
            if (op.type === 'subscription') return
            const answer = answers[op.path]
            if (answer instanceof TRPCClientError) return observer.error(answer)
            observer.next({ result: { type: 'data', data: answer } })
            observer.complete()
          }),
    ],
  })
}

interface Visit {
  answers: Answers
  role?: Role
  at?: string
}

function visit(page: ComponentType, { answers, role = 'owner', at = '/' }: Visit) {
  const calls: [string, unknown][] = []
  const trpcClient = answering(answers, calls)
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role }
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: false }
  const router = createMemoryRouter([{ path: '*', element: createElement(page) }], { initialEntries: [at] })
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
  return { calls, user: userEvent.setup() }
}

const none = { items: [], next: null }

beforeEach(() => {
  // happy-dom lays nothing out; lists need to know how much of them is seen.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(720)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1024)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it('an empty list of workflows says what it is for and offers one action', async () => {
  visit(Workflows, { answers: { 'workflows.list': none } })
  expect(await screen.findByRole('heading', { name: 'Draw your first workflow' })).toBeDefined()
  expect(screen.getAllByRole('button', { name: 'New workflow' })).not.toHaveLength(0)
})

it('a viewer is offered nothing they may not do', async () => {
  visit(Workflows, { answers: { 'workflows.list': none }, role: 'viewer', at: '/?new=1' })
  await screen.findByText('No one has made a workflow here yet.')
  expect(screen.queryByRole('button', { name: 'New workflow' })).toBeNull()
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('a list that cannot be loaded says so, with the request to quote and a way to try again', async () => {
  const answers: Answers = { 'workflows.list': refusal({ appCode: 'unexpected', requestId: 'r-42' }) }
  const { user } = visit(Workflows, { answers })
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('r-42')
  answers['workflows.list'] = none
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('heading', { name: 'Draw your first workflow' })
})

it('filters of the runs list come from the address and can be cleared', async () => {
  const { calls, user } = visit(Runs, { answers: { 'runs.list': none }, at: '/?status=failed&by=api' })
  await screen.findByRole('heading', { name: 'No run matches' })
  expect(calls.find(([path]) => path === 'runs.list')?.[1]).toMatchObject({
    status: ['failed'],
    startedBy: ['api'],
  })
  await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] ?? document.body)
  await screen.findByRole('heading', { name: 'Nothing has run yet' })
})

it('API keys are not asked for by those who may not see them', async () => {
  const { calls } = visit(ApiKeys, { answers: {}, role: 'editor' })
  expect(await screen.findByRole('heading', { name: 'API keys are for admins' })).toBeDefined()
  expect(calls).toEqual([])
})

it('a connection keeps its secret unless it may go to a new host', async () => {
  const kind = {
    id: 'http.bearer',
    title: 'Bearer token',
    summary: '',
    icon: 'key-square',
    fields: { properties: { token: { title: 'Token' } }, required: ['token'] },
    limits: {},
  }
  const at = '2026-01-01T00:00:00.000Z'
  const row = {
    id: 'c',
    name: 'Orders API',
    kind: 'http.bearer',
    hosts: ['api.acme.com'],
    limits: {},
    createdAt: at,
    updatedAt: at,
  }
  const answers = { 'connections.list': [row], 'connections.kinds': [kind], 'connections.update': null }
  const { calls, user } = visit(Connections, { answers })
  await user.click(await screen.findByRole('button', { name: 'Orders API' }))
  expect(screen.getByText('Stored')).toBeDefined()
  expect(screen.queryByLabelText('Token')).toBeNull()
  await user.type(screen.getByLabelText('Hosts it may be sent to'), '{Enter}evil.example')
  await user.click(screen.getByRole('button', { name: 'Save connection' }))
  expect(screen.getByLabelText('Token').getAttribute('aria-invalid')).toBe('true')
  expect(calls.some(([path]) => path === 'connections.update')).toBe(false)
  await user.type(screen.getByLabelText('Token'), 's3cret')
  await user.click(screen.getByRole('button', { name: 'Save connection' }))
  expect(calls.find(([path]) => path === 'connections.update')?.[1]).toEqual({
    id: 'c',
    name: 'Orders API',
    hosts: ['api.acme.com', 'evil.example'],
    limits: {},
    fields: { token: 's3cret' },
  })
})

it('a connection that nobody signed in to says so, and leads there', async () => {
  const kind = {
    ...{ id: 'google.oauth', title: 'Google account', summary: '', icon: 'mail', fields: { properties: {} } },
    ...{ fixedHosts: true, signsIn: true, tests: true, limits: {} },
  }
  const at = '2026-01-01T00:00:00.000Z'
  const row = {
    ...{
      id: 'g',
      name: 'Our mail',
      kind: kind.id,
      hosts: ['gmail.googleapis.com'],
      limits: {},
      createdAt: at,
      updatedAt: at,
    },
    ...{ status: 'reconnect', trouble: 'The permission was withdrawn or has run out.', account: null },
  }
  const answers = {
    'connections.list': [row],
    'connections.kinds': [kind],
    'connections.oauthStart': { url: null },
  }
  const { calls, user } = visit(Connections, { answers })
  expect(await screen.findByTitle(row.trouble)).toBeDefined()
  await user.click(screen.getByRole('button', { name: 'Reconnect' }))
  expect(calls.find(([path]) => path === 'connections.oauthStart')?.[1]).toEqual({ id: 'g' })
})

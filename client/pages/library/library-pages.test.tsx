import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { type ComponentType, createElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it, vi } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { type Role, SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { Conflict } from '#nodes/graph/merge/conflict.ts'
import { merge } from '#nodes/graph/merge/merge.ts'
import type { AppRouter } from '#server/api/router.ts'
import Library from '../library.tsx'
import LibraryUpgrade from '../library-upgrade.tsx'
import Reviews from '../reviews.tsx'

const refusal = (appCode: string) =>
  TRPCClientError.from({ error: { message: 'no', code: -32603, data: { appCode, requestId: 'r1' } } })

interface Visit {
  answers: Record<string, unknown>
  role?: Role
  path?: string
  at?: string
}

function visit(page: ComponentType, { answers, role = 'editor', path = '*', at = '/' }: Visit) {
  const calls: [string, unknown][] = []
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            calls.push([op.path, op.input])
            const answer = answers[op.path]
            if (answer === undefined) return
            if (answer instanceof TRPCClientError) return observer.error(answer)
            observer.next({ result: { type: 'data', data: answer } })
            observer.complete()
          }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role }
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: true }
  const router = createMemoryRouter(
    [
      { path, element: createElement(page) },
      { path: '*', element: null },
    ],
    {
      initialEntries: [at],
    },
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
  return { calls, user: userEvent.setup() }
}

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const item = {
  ...{
    itemId: 'i',
    slug: 'orders',
    name: 'Take orders',
    summary: 'Takes them.',
    icon: 'mail',
    tags: ['orders'],
  },
  ...{
    visibility: 'installation',
    withdrawn: false,
    version: 2,
    review: 'approved',
    installs: 3,
    isOwn: false,
  },
  publisher: { id: 'p', name: 'Globex', isBuiltIn: false },
}

it('the library shows who made what and how many use it', async () => {
  visit(Library, { answers: { 'library.list': { items: [item], next: null } } })
  const link = await screen.findByRole('link', { name: 'Take orders' })
  expect(link.getAttribute('href')).toBe('/acme/library/p.i')
  expect(screen.getByText('by Globex')).toBeTruthy()
  expect(screen.getByText('3 installs')).toBeTruthy()
})

it('a tag narrows the list, and can be taken off', async () => {
  const { calls, user } = visit(Library, { answers: { 'library.list': { items: [item], next: null } } })
  await user.click(await screen.findByRole('button', { name: 'orders' }))
  await user.click(await screen.findByRole('button', { name: 'Show all tags' }))
  expect(calls.filter(([path]) => path === 'library.list').map(([, input]) => Object(input).tag)).toContain(
    'orders',
  )
  expect(screen.queryByRole('button', { name: 'Show all tags' })).toBeNull()
})

it('an empty library, an empty search and a failure each say what to do', async () => {
  visit(Library, { answers: { 'library.list': { items: [], next: null } }, at: '/?source=own' })
  expect(await screen.findByText(/Publish one of your workflows/)).toBeTruthy()
  cleanup()
  visit(Library, { answers: { 'library.list': { items: [], next: null } }, at: '/?search=x' })
  expect(await screen.findByRole('button', { name: 'Clear search' })).toBeTruthy()
  cleanup()
  visit(Library, { answers: { 'library.list': refusal('unexpected') } })
  expect(await screen.findByRole('alert')).toBeTruthy()
})

const draw = (name: string, message: string) =>
  WorkflowDocument.parse({
    nodes: [{ key: 'note', type: 'flow.log', version: 1, name, params: { message } }],
    edges: [],
  })

function anUpgrade() {
  const three = { base: draw('Note', 'a'), mine: draw('Ours', 'b'), theirs: draw('Theirs', 'c') }
  const merged = merge(three)
  return {
    ...{
      from: 1,
      to: 2,
      item: { publisherId: 'p', itemId: 'i', name: 'Take orders' },
      news: [],
      revision: 4,
    },
    ...three,
    ...merged,
    ...{ problems: [], parameters: [], values: {} },
    capabilities: {
      ...{ triggers: [], nodes: [], connections: [], hosts: [], anyHost: false, code: false },
      ...{ agents: [], unknown: [] },
    },
  }
}

it('an update is taken once every conflict is decided, with what was chosen', async () => {
  const upgrade = anUpgrade()
  const ids = upgrade.conflicts.map(({ id }: Conflict) => id)
  expect(ids).toEqual(['changed/note/params.message', 'changed/note/name'])
  const { calls, user } = visit(LibraryUpgrade, {
    answers: {
      'workflows.get': { id: 'w', name: 'Orders' },
      'library.upgradePreview': upgrade,
      'library.upgrade': { revision: 5, version: 2 },
      'nodes.catalog': [],
    },
    path: '/acme/workflows/:id/update',
    at: '/acme/workflows/w/update',
  })
  const apply = await screen.findByRole('button', { name: 'Update the draft' })
  expect(apply).toHaveProperty('disabled', true)
  const theirs = screen.getAllByRole('radio', { name: /New version/ })
  await user.click(theirs[0]!)
  expect(screen.getByText('1 left to decide')).toBeTruthy()
  await user.click(screen.getAllByRole('radio', { name: /Yours/ })[1]!)
  await user.click(apply)
  expect(calls.find(([path]) => path === 'library.upgrade')?.[1]).toEqual({
    ...{ workflowId: 'w', version: 2, revision: 4 },
    choices: { [ids[0]!]: 'theirs', [ids[1]!]: 'mine' },
  })
})

it('all of theirs is one press', async () => {
  const { user } = visit(LibraryUpgrade, {
    answers: {
      'workflows.get': { id: 'w', name: 'Orders' },
      'library.upgradePreview': anUpgrade(),
      'nodes.catalog': [],
    },
    path: '/:id',
    at: '/w',
  })
  await user.click(await screen.findByRole('button', { name: 'Take all of theirs' }))
  expect(screen.getByText('All decided')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Update the draft' })).toHaveProperty('disabled', false)
})

it('a workflow that is up to date says so', async () => {
  visit(LibraryUpgrade, {
    answers: { 'workflows.get': { id: 'w', name: 'Orders' }, 'library.upgradePreview': refusal('conflict') },
    path: '/:id',
    at: '/w',
  })
  expect(await screen.findByRole('heading', { name: 'Up to date' })).toBeTruthy()
})

it('a version is rejected only with a word why', async () => {
  const document = draw('Note', 'a')
  const { capabilities } = anUpgrade()
  const { calls, user } = visit(Reviews, {
    answers: {
      'admin.reviews': [
        {
          ...{ itemId: 'i', version: 1, name: 'Take orders', summary: '', icon: 'mail', before: null },
          ...{ createdAt: '2026-01-01T00:00:00.000Z', publisher: { id: 'p', name: 'Globex' } },
        },
      ],
      'admin.reviewed': {
        ...{ name: 'Take orders', summary: '', icon: 'mail', tags: [], readme: '', document, parameters: [] },
        ...{ capabilities, changes: '', review: 'pending', publisherId: 'p', itemId: 'i', version: 1 },
        ...{ reviewNote: null, createdAt: '2026-01-01T00:00:00.000Z', before: null, added: capabilities },
      },
      'admin.review': null,
      'nodes.catalog': [],
    },
  })
  await user.click(await screen.findByRole('button', { name: 'Reject' }))
  expect(screen.getByText('Say why.')).toBeTruthy()
  expect(calls.map(([path]) => path)).not.toContain('admin.review')
  await user.type(screen.getByLabelText('Note to the publisher'), 'Too much')
  await user.click(screen.getByRole('button', { name: 'Reject' }))
  expect(calls.find(([path]) => path === 'admin.review')?.[1]).toEqual({
    ...{ publisherId: 'p', itemId: 'i', version: 1, approve: false, note: 'Too much' },
  })
})

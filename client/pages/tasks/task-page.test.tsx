import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { createElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { type Role, SessionContext, TenantContext } from '#client/lib/session.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import type { AppRouter } from '#server/api/router.ts'
import TaskPage from '../task.tsx'
import type { Task } from './row.ts'

const task: Task = {
  id: 't1',
  kind: 'approval',
  title: 'Approve the trip?',
  status: 'open',
  role: 'editor',
  workflow: { id: 'w', name: 'Trips' },
  runId: 'r',
  step: 'ask',
  createdAt: '2026-01-01T00:00:00.000Z',
  deadlineAt: null,
  answeredBy: null,
  answeredAt: null,
  mayAnswer: true,
  request: { message: 'To Lisbon', data: { amount: 40, urgent: true }, editable: true },
  answer: null,
}

const conflict = TRPCClientError.from({
  error: { message: 'no', code: -32009, data: { appCode: 'conflict' } },
})

/** The page of a task; `answer` says what the server does with an answer. */
function visit(given: Partial<Task>, about: { role?: Role; answer?: () => Promise<unknown> } = {}) {
  const state = { task: { ...task, ...given } }
  const sent: unknown[] = []
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () =>
        ({ op }) =>
          observable((observer) => {
            if (op.path === 'tasks.answer') sent.push(op.input)
            const data: Promise<unknown> =
              op.path === 'tasks.get'
                ? Promise.resolve(state.task)
                : op.path === 'tasks.answer'
                  ? (about.answer?.() ?? Promise.resolve({}))
                  : Promise.resolve([{ userId: 'g', name: 'Grace' }])
            data.then(
              (value) => {
                observer.next({ result: { type: 'data', data: value } })
                observer.complete()
              },
              (error: TRPCClientError<AppRouter>) => observer.error(error),
            )
          }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const tenant = { id: 't', slug: 'acme', name: 'Acme', role: about.role ?? 'editor' }
  const user = { id: 'u', name: 'Ada', email: 'ada@acme.com', locale: 'en', isAdmin: false }
  const router = createMemoryRouter([{ path: '/acme/tasks/:id', element: createElement(TaskPage) }], {
    initialEntries: ['/acme/tasks/t1'],
  })
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
  return { state, sent, user: userEvent.setup() }
}

afterEach(cleanup)

it('approves once, however often it is clicked, with what was changed', async () => {
  const { sent, user } = visit({}, { answer: () => new Promise(() => undefined) })
  await user.click(await screen.findByRole('button', { name: 'Change' }))
  const amount = screen.getByRole('textbox', { name: 'Amount' })
  await user.clear(amount)
  await user.type(amount, '20')
  await user.type(screen.getByRole('textbox', { name: 'Comment' }), 'Half')
  await user.dblClick(screen.getByRole('button', { name: 'Approve with changes' }))
  expect(sent).toEqual([
    { id: 't1', value: { approved: true, comment: 'Half', data: { amount: 20, urgent: true } } },
  ])
  expect((await screen.findByRole('status')).textContent).toContain('Approved')
})

it('rejects without the changes', async () => {
  const { sent, user } = visit({})
  await user.click(await screen.findByRole('button', { name: 'Reject' }))
  expect(sent).toEqual([{ id: 't1', value: { approved: false } }])
})

it('shows who was faster', async () => {
  const { state, user } = visit({}, { answer: () => Promise.reject(conflict) })
  await screen.findByRole('button', { name: 'Approve' })
  state.task = {
    ...state.task,
    status: 'answered',
    mayAnswer: false,
    answer: { approved: false, comment: 'Too far' },
    answeredBy: 'g',
    answeredAt: '2026-01-01T00:01:00.000Z',
  }
  await user.click(screen.getByRole('button', { name: 'Approve' }))
  await screen.findByText('Grace', { exact: false })
  expect(screen.getByRole('status').textContent).toMatch(/Rejected.*Too far/)
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
})

it('is read by those who may not decide, who are told who may', async () => {
  visit({ mayAnswer: false, role: 'admin' }, { role: 'viewer' })
  await screen.findByText(/Admins and owners decide/)
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull()
  expect(screen.getByText('Yes')).toBeDefined()
})

it.each([
  ['expired', 'The deadline has passed'],
  ['cancelled', 'No longer needed'],
] as const)('%s: %s', async (status, title) => {
  visit({ status, mayAnswer: false })
  expect((await screen.findByRole('status')).textContent).toContain(title)
})

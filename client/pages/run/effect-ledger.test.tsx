import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { createTRPCClient, TRPCClientError } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { messages } from '#client/lib/messages/en.ts'
import { TRPCProvider } from '#client/lib/trpc.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import type { AppRouter } from '#server/api/router.ts'
import { EffectLedger } from './EffectLedger.tsx'

afterEach(cleanup)

const document = WorkflowDocument.parse({
  nodes: ['charge', 'post'].map((key) => ({ key, type: 'x', version: 1, name: `The ${key}` })),
  edges: [],
})
const effect = (step: string, more: object = {}) => ({
  ...{ step, node: step, name: null, effect: 'once', key: `key of ${step}`, attempts: 1, outcome: 'done' },
  ...{ failure: null, startedAt: '2026-01-01T00:00:00.000Z', endedAt: null },
  ...more,
})
const chosen: unknown[] = []

function show(answer: object | 'fails') {
  const trpcClient = createTRPCClient<AppRouter>({
    links: [
      () => () =>
        observable((observer) => {
          if (answer === 'fails')
            return observer.error(TRPCClientError.from({ error: { message: 'no', code: -32603, data: {} } }))
          observer.next({ result: { type: 'data', data: answer } })
          observer.complete()
        }),
    ],
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <EditorContext value={createEditorStore({ document, infos: [], readonly: true })}>
            <EffectLedger id="run" ended onChoose={(choice) => chosen.push(choice)} />
          </EditorContext>
        </TRPCProvider>
      </QueryClientProvider>
    </IntlProvider>,
  )
}

it('counts what a run did, and says first what nobody knows', async () => {
  const failure = { code: 'outcome_unknown', message: 'The worker stopped.' }
  show({
    items: [effect('charge', { attempts: 2 }), effect('post', { outcome: 'unknown', failure })],
    more: 3,
  })
  const user = userEvent.setup()
  const title = await screen.findByRole('button', { name: /Effects outside/ })
  expect(title.textContent).toContain('5')
  expect(title.textContent).toContain('1 of them unknown')
  expect(screen.queryByText('The charge')).toBeNull()
  await user.click(title)
  expect(screen.getByText('2 attempts')).toBeDefined()
  expect(screen.getByText('Nobody knows whether it happened')).toBeDefined()
  expect(screen.getByText('The worker stopped.')).toBeDefined()
  expect(screen.getByText('And 3 more')).toBeDefined()
  await user.click(screen.getByText('The post'))
  expect(chosen).toEqual([{ step: 'post', node: 'post', sub: null }])
})

it('shows nothing of a run without effects', async () => {
  const { container } = show({ items: [], more: 0 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(container.textContent).toBe('')
})

it('says so when it cannot be read', async () => {
  show('fails')
  expect(await screen.findByText('What this run did outside could not be read.')).toBeDefined()
})

it('has no key for what another run did', async () => {
  show({ items: [effect('charge', { outcome: 'reused', key: null, attempts: 0 })], more: 0 })
  await userEvent.setup().click(await screen.findByRole('button', { name: /Effects outside/ }))
  expect(screen.getByText('Done in the run it was taken from')).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Copy the key' })).toBeNull()
})

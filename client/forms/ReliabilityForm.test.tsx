import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { IntlProvider } from 'use-intl'
import { afterEach, expect, it } from 'vitest'
import { messages } from '#client/lib/messages/en.ts'
import { findInfo } from '#nodes/catalog-info.ts'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import { ReliabilityForm } from './ReliabilityForm.tsx'

afterEach(cleanup)

type Node = Pick<DocumentNode, 'reliability' | 'params' | 'connection'>
let node: Node
function Form({ type, start, problems }: { type: string; start: Node; problems?: Problem[] }) {
  const [held, setHeld] = useState(start)
  node = held
  const info = findInfo(type, 1)
  if (!info) return null
  return (
    <ReliabilityForm
      node={held}
      info={info}
      problems={problems}
      onChange={(patch) => setHeld((old) => ({ ...old, ...patch }))}
    />
  )
}
function show(type: string, about: { start?: Partial<Node>; problems?: Problem[] } = {}) {
  const { start = {}, problems } = about
  return render(
    <IntlProvider locale="en" messages={messages} timeZone="UTC">
      <Form type={type} start={{ params: {}, ...start }} problems={problems} />
    </IntlProvider>,
  )
}
const user = userEvent.setup()

it('shows what holds by itself, and keeps only what was set', async () => {
  show('http.request')
  const attempts = screen.getByLabelText<HTMLInputElement>('Attempts')
  expect(attempts.placeholder).toBe('3')
  await user.type(attempts, '5')
  expect(node.reliability).toEqual({ attempts: 5 })
  await user.clear(attempts)
  expect(node.reliability).toBeUndefined()
  await user.selectOptions(screen.getByLabelText('After that'), 'The pause stays the same')
  await user.selectOptions(screen.getByLabelText('When no attempt is left'), 'It waits in Needs attention')
  expect(node.reliability).toEqual({ backoff: 'fixed', onFailure: 'attention' })
})

it('switches a limit and a breaker on with numbers that make sense, and off again', async () => {
  show('http.request')
  await user.click(screen.getByRole('switch', { name: 'Limit how often' }))
  await user.click(screen.getByRole('switch', { name: 'Leave it alone when it is down' }))
  expect(node.reliability).toEqual({
    rate: { calls: 10, perMs: 60_000 },
    breaker: { failures: 5, pauseMs: 60_000 },
  })
  const calls = screen.getByLabelText('At most this often')
  await user.clear(calls)
  await user.type(calls, '30')
  expect(node.reliability?.rate?.perMs).toBe(60_000)
  await user.click(screen.getByRole('switch', { name: 'Limit how often' }))
  expect(node.reliability).toEqual({ breaker: { failures: 5, pauseMs: 60_000 } })
})

it('keeps an output by a key of the maker’s, or by everything', async () => {
  show('http.request')
  await user.click(screen.getByRole('switch', { name: 'Keep what it gives' }))
  expect(node.reliability).toEqual({ cache: { ageMs: 3_600_000 } })
  const key = screen.getByLabelText('The same when this is the same')
  await user.type(key, 'trigger.id')
  expect(node.reliability?.cache).toEqual({ ageMs: 3_600_000, key: { expr: 'trigger.id' } })
  await user.clear(key)
  expect(node.reliability?.cache).toEqual({ ageMs: 3_600_000 })
})

it.each([
  ['an effect is not kept', 'slack.post', {}, 'Keep what it gives'],
  ['nor is a request that changes something', 'http.request', { method: 'POST' }, 'Keep what it gives'],
  ['nothing outside cannot be down', 'data.set', {}, 'Leave it alone when it is down'],
])('offers only what makes sense: %s', (_, type, params, name) => {
  show(type, { start: { params } })
  expect(screen.queryByRole('switch', { name })).toBeNull()
  expect(screen.getByRole('switch', { name: 'Limit how often' })).toBeDefined()
})

it('shows what was set though it makes no sense, and what is wrong with it', () => {
  const problem: Problem = {
    ...{ severity: 'error', code: 'cache_on_effect', message: 'It must be done each time.' },
    field: 'reliability.cache',
  }
  show('slack.post', { start: { reliability: { cache: { ageMs: 1_000 } } }, problems: [problem] })
  expect(screen.getByRole('switch', { name: 'Keep what it gives' })).toBeDefined()
  expect(screen.getByText('It must be done each time.')).toBeDefined()
})

it('says what repeating it would do, by how it is drawn', () => {
  show('http.request')
  expect(screen.getByText(/Only reads/)).toBeDefined()
  cleanup()
  show('http.request', { start: { params: { method: 'POST' } } })
  expect(screen.getByText(/same key/)).toBeDefined()
})

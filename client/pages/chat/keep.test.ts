import { beforeEach, expect, it } from 'vitest'
import { change, newConversation } from './conversation.ts'
import { keep, kept } from './keep.ts'

beforeEach(() => sessionStorage.clear())
const said = { type: 'said', id: '1', text: 'Hi' } as const

it('finds a conversation as it was left', () => {
  const answered = [said, { type: 'answered', text: 'Hello' } as const].reduce(change, newConversation('c'))
  keep('acme/support', answered)
  expect(kept('acme/support')).toEqual(answered)
  expect(kept('acme/sales').entries).toEqual([])
})

it('goes on waiting for an answer, whose text comes again', () => {
  const waiting = [
    said,
    { type: 'accepted', ticket: { run: 'r', token: 't' } } as const,
    { type: 'wrote', text: 'Hel' } as const,
  ].reduce(change, newConversation('c'))
  keep('a', waiting)
  expect(kept('a').pending).toEqual({
    id: '1',
    ticket: { run: 'r', token: 't' },
    text: '',
    waitsFor: 'workflow',
  })
})

it('says of a message that was on its way that it may not have arrived', () => {
  keep('a', change(newConversation('c'), said))
  expect(kept('a')).toMatchObject({ entries: [{ trouble: 'not_sent' }], pending: null })
})

it.each(['', '{', 'null', '[]', '{"conversation":1}', '{"conversation":"c","entries":[1,{"id":""}]}'])(
  'begins anew, or leaves out, where %j is kept',
  (text) => {
    sessionStorage.setItem('trama.chat.a', text)
    expect(kept('a')).toMatchObject({ conversation: expect.any(String), entries: [], pending: null })
  },
)

import { describe, expect, it } from 'vitest'
import { type Change, type Conversation, change, lastSaid, newConversation } from './conversation.ts'

const chatAfter = (...changes: Change[]): Conversation => changes.reduce(change, newConversation('c'))
const said = { type: 'said', id: '1', text: 'Hi' } as const
const accepted = { type: 'accepted', ticket: { run: 'r', token: 't' } } as const

describe('a message', () => {
  it('stands in the chat at once and waits for its answer', () => {
    expect(chatAfter(said)).toEqual({
      conversation: 'c',
      entries: [{ from: 'visitor', id: '1', text: 'Hi' }],
      pending: { id: '1', ticket: null, text: '', waitsFor: 'workflow' },
    })
  })

  it('that was not sent says why, and is sent again in its place', () => {
    const refused = chatAfter(said, { type: 'refused', trouble: 'too_many' })
    expect(refused).toMatchObject({ entries: [{ trouble: 'too_many' }], pending: null })
    expect(change(refused, said).entries).toEqual([{ from: 'visitor', id: '1', text: 'Hi' }])
  })
})

describe('an answer', () => {
  it('replaces what was shown while it was written', () => {
    const writing = chatAfter(said, accepted, { type: 'wrote', text: 'Hel' }, { type: 'wrote', text: 'lo' })
    expect(writing.pending).toMatchObject({ text: 'Hello', ticket: { run: 'r', token: 't' } })
    const answered = change(writing, { type: 'answered', text: 'Hello!' })
    expect(answered.pending).toBeNull()
    expect(answered.entries.at(-1)).toEqual({ from: 'page', id: '1 answer', text: 'Hello!' })
  })

  it('begins anew after text was lost on the way', () => {
    const again = chatAfter(said, accepted, { type: 'wrote', text: 'Hel' }, { type: 'forgot' })
    expect(change(again, { type: 'wrote', text: 'Hello' }).pending?.text).toBe('Hello')
  })

  it('that failed keeps what was written, and goes away when it is asked for again', () => {
    const failed = chatAfter(said, accepted, { type: 'wrote', text: 'Hel' }, { type: 'failed' })
    expect(failed.entries.at(-1)).toEqual({ from: 'page', id: '1 answer', text: 'Hel', failed: true })
    expect(lastSaid(failed)).toMatchObject({ text: 'Hi' })
    expect(change(failed, { type: 'said', id: '2', text: 'Hi' }).entries.map(({ id }) => id)).toEqual([
      '1',
      '2',
    ])
  })

  it('that comes when nobody waits any more changes nothing', () => {
    const cleared = chatAfter(said, accepted, { type: 'cleared', conversation: 'd' })
    expect(cleared).toEqual(newConversation('d'))
    for (const late of [
      { type: 'wrote', text: 'x' },
      { type: 'answered', text: 'x' },
      { type: 'failed' },
      { type: 'forgot' },
    ] as const)
      expect(change(cleared, late)).toEqual(cleared)
  })
})

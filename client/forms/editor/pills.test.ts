import { history, redo, undo } from '@codemirror/commands'
import { EditorState, type Transaction } from '@codemirror/state'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinTexts, type Part } from '../template.ts'
import { partsIn, pills, readParts, replaceWith, showParts } from './pills.ts'

const start = (parts: readonly Part[]) => {
  const empty = EditorState.create({ extensions: [history(), pills] })
  return empty.update(showParts(parts, 0)).state
}

const text = fc.string({ unit: fc.constantFrom('a', ' ', '$', '{', '`', '\\', '\n', '\ufffc'), maxLength: 6 })
const part: fc.Arbitrary<Part> = fc.oneof(
  text,
  fc.constantFrom('item', 'steps.a.b', '"}"').map((expr) => ({ expr })),
)
const parts = fc.array(part, { maxLength: 6 })

/** The same edit on plain data: one element for each character and each pill. */
type Piece = string | { expr: string }
const pieces = (from: readonly Part[]): Piece[] =>
  from.flatMap((one): Piece[] => (typeof one === 'string' ? one.split('') : [one]))

describe('pills', () => {
  it('show and give back any parts', () => {
    fc.assert(
      fc.property(parts, (given) => {
        expect(partsIn(start(given))).toEqual(joinTexts(given))
        expect(readParts(JSON.stringify(given))).toEqual(given)
      }),
    )
  })

  it('stay what they are through any edit beside, over and between them, and back', () => {
    const edit = fc.record({ from: fc.nat(20), length: fc.nat(4), put: parts })
    fc.assert(
      fc.property(parts, fc.array(edit, { minLength: 1, maxLength: 6 }), (given, edits) => {
        let state = start(given)
        const first = partsIn(state)
        let model = pieces(first)
        for (const { from, length, put } of edits) {
          const at = Math.min(from, model.length)
          const end = Math.min(at + length, model.length)
          state = state.update(replaceWith(put, { from: at, to: end })).state
          model = [...model.slice(0, at), ...pieces(put), ...model.slice(end)]
          expect(pieces(partsIn(state))).toEqual(model)
        }
        const last = partsIn(state)
        const dispatch = (transaction: Transaction) => {
          state = transaction.state
        }
        for (const _ of edits) undo({ state, dispatch })
        expect(partsIn(state)).toEqual(first)
        for (const _ of edits) redo({ state, dispatch })
        expect(partsIn(state)).toEqual(last)
      }),
      { numRuns: 300 },
    )
  })

  it('take no letter that is typed beside them', () => {
    const state = start(['a', { expr: 'item' }])
    const typed = state.update({ changes: { from: 2, insert: '/' }, userEvent: 'input.type' }).state
    expect(partsIn(typed)).toEqual(['a', { expr: 'item' }, '/'])
    const before = typed.update({ changes: { from: 1, insert: 'b' } }).state
    expect(partsIn(before)).toEqual(['ab', { expr: 'item' }, '/'])
  })
})

import { describe, expect, test } from 'vitest'
import { findInfo } from '#nodes/catalog-info.ts'
import { drawing, log, manual, node } from '#nodes/graph/checks/drawing.ts'
import { addNode, freePort } from './add-node.ts'
import { asidesIn, sectionBands } from './asides.ts'
import { perform } from './document.ts'
import { isFrame, sizeOf, waysOut } from './measures.ts'
import { refuseEdge } from './refusals.ts'
import { runOverlay } from './run-overlay.ts'
import { runRecord } from './run-record.ts'
import { tidy } from './tidy.ts'

const put = (key: string) => node(key, 'state.set', { params: { key: 'a', value: 1 } })
const paid = drawing(
  [manual('start'), put('pay'), log('after'), log('refund'), log('tell')],
  'start > pay',
  'pay > after',
  'pay:undo > refund',
)
const inTry = (key: string, y = 0) => log(key, { parent: 't', position: { x: 20, y } })
const tried = drawing(
  [manual('start'), node('t', 'flow.try'), inTry('a', 60), inTry('b', 160), inTry('c', 260), log('out')],
  'start > t',
  't:catch > b',
  't:finally > c',
)

describe('what undoes a step', () => {
  test('is known by what it hangs on', () => {
    expect(asidesIn(paid).undoes('refund')).toBe('pay')
    expect(asidesIn(paid).undoes('after')).toBeUndefined()
  })
  test.each([
    ['goes on', { from: 'refund', port: 'out', to: 'tell' }, null],
    ['leads nowhere else', { from: 'refund', port: 'out', to: 'after' }, 'undo_alone'],
    ['is led to by nothing else', { from: 'after', port: 'out', to: 'refund' }, 'undo_alone'],
    ['undoes nothing of the way on', { from: 'pay', port: 'undo', to: 'after' }, 'undo_alone'],
  ] as const)('%s', (_, edge, refusal) => expect(refuseEdge(paid, edge)).toBe(refusal))
  test('is added below the way that goes on, and hung on by the way out', () => {
    const info = findInfo('flow.log', 1)
    if (!info) throw new Error('No such node')
    const { edit, key } = addNode({
      document: paid,
      find: findInfo,
      info,
      from: { key: 'pay', port: 'undo' },
    })
    const made = perform(paid, edit)
    expect(made.ok && made.document.edges.at(-1)).toEqual({ from: 'pay', port: 'undo', to: key })
    const pay = paid.nodes.find((one) => one.key === 'pay')
    expect(pay && freePort(paid, { node: pay, find: findInfo })).toBe('out')
  })
  test('is shown in a run with what it undid, and not as passed by in one that had nothing to undo', () => {
    const events = [
      { type: 'run.started', trigger: 'start', output: null },
      { type: 'step.started', step: 'pay', attempt: 1 },
      { type: 'step.finished', step: 'pay', attempt: 1, port: 'out', output: 1, undo: true },
    ] as const
    const end = { type: 'run.finished', status: 'failed', output: null } as const
    const undo = [
      { type: 'step.started', step: 'undo(pay).refund', attempt: 1 },
      { type: 'step.finished', step: 'undo(pay).refund', attempt: 1, port: 'out', output: 1 },
      { type: 'step.undone', step: 'pay', attempt: 1 },
    ] as const
    const show = (...all: Parameters<typeof runRecord>[0][number]['event'][]) =>
      runOverlay({
        document: paid,
        find: findInfo,
        record: runRecord(all.map((event, seq) => ({ seq: seq + 1, at: seq, event }))),
      })
    const undone = show(...events, ...undo, end)
    expect(undone.nodes.get('pay')).toMatchObject({ status: 'done', undo: 'done' })
    expect(undone.nodes.get('refund')).toMatchObject({ status: 'done' })
    expect([...undone.carried.keys()].some((id) => id.includes('refund'))).toBe(true)
    expect(show(...events, end).nodes.has('refund')).toBe(false)
    const failure = { code: 'x', message: '', retryable: false }
    const failed = {
      type: 'step.undo_failed',
      step: 'pay',
      attempt: 1,
      failure,
      cause: 'undo(pay).refund',
    } as const
    expect(show(...events, failed, end).nodes.get('pay')).toMatchObject({ undo: 'failed' })
  })
})

describe('the parts of a try', () => {
  test('are bands around their steps', () =>
    expect(sectionBands({ document: tried, key: 't' }, () => 60)).toEqual([
      { section: 'catch', top: 160, bottom: 220 },
      { section: 'finally', top: 260, bottom: 320 },
    ]))
  test.each([
    ['the frame leads inside by them', { from: 't', port: 'catch', to: 'a' }, null],
    ['and nowhere else', { from: 't', port: 'catch', to: 'out' }, 'scope'],
    ['they are apart', { from: 'a', port: 'out', to: 'b' }, 'sections'],
    ['each step is in one', { from: 't', port: 'finally', to: 'b' }, 'sections'],
  ] as const)('%s', (_, edge, refusal) => expect(refuseEdge(tried, edge)).toBe(refusal))
  test('take new steps inside', () => {
    const info = findInfo('flow.log', 1)
    if (!info) throw new Error('No such node')
    const { edit, key } = addNode({
      document: tried,
      find: findInfo,
      info,
      from: { key: 't', port: 'catch' },
    })
    const made = perform(tried, edit)
    expect(made.ok && made.document.nodes.find((one) => one.key === key)?.parent).toBe('t')
  })
  test('lose their way in with a step that leaves the frame', () => {
    const made = perform(tried, { type: 'set-parent', key: 'b', position: { x: 0, y: 0 } })
    expect(made.ok && made.document.edges.some(({ to }) => to === 'b')).toBe(false)
    expect(made.ok && made.document.edges.some(({ to }) => to === 'c')).toBe(true)
  })
  test('are tidied up one under the other', () => {
    const size = (one: (typeof tried.nodes)[number]) => sizeOf(one, { document: tried, find: findInfo })
    const made = perform(
      tried,
      tidy({
        ...{ document: tried, find: findInfo, sizeOf: size },
        isFrame: (one) => isFrame(one, findInfo),
        portsOf: (one) => waysOut(one, findInfo),
      }),
    )
    const top = (key: string) =>
      (made.ok && made.document.nodes.find((one) => one.key === key)?.position.y) || 0
    expect(top('a') + 60).toBeLessThan(top('b'))
    expect(top('b') + 60).toBeLessThan(top('c'))
  })
})

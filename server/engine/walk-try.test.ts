import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import {
  begun,
  cancelled,
  caught,
  done,
  doneForNow,
  draw,
  failed,
  next,
  opened,
  stateAfter,
  takenOver,
} from './test-graphs.ts'

const plan = draw(
  ['start -> t', 't -> after', 'fetch -> save', 't:catch -> mend', 'mend -> tell', 't:finally -> tidy'],
  { frames: { t: ['fetch', 'save', 'mend', 'tell', 'tidy'] }, tries: ['t'] },
)
const open = opened('t', 1)
const works = [open, ...done('t[0].fetch'), ...done('t[0].save', 'out', 'saved')]
const breaks = [open, ...failed('t[0].fetch')]
const mended = [
  ...breaks,
  caught('t', 't[0].fetch'),
  ...done('t[0].mend'),
  ...done('t[0].tell', 'out', 'told'),
]

describe('a try', () => {
  test('begins with its body, and with nothing else', () => {
    expect(next(plan)).toEqual(['open t'])
    expect(next(plan, open)).toEqual(['t[0].fetch'])
  })
  test('whose body went well tidies up and gives what the body gave', () => {
    expect(next(plan, works)).toEqual(['t[0].tidy'])
    expect(decide(plan, stateAfter(works, done('t[0].tidy', 'out', 'tidied')))).toMatchObject([
      { type: 'close-step', step: 't', output: 'saved' },
    ])
  })
  test('whose body failed says what it caught', () =>
    expect(decide(plan, stateAfter(breaks))).toMatchObject([
      { type: 'catch-step', step: 't', failure: { code: 'http_500' }, cause: 't[0].fetch' },
    ]))
  test('catches once nothing of the body is in flight', () => {
    const wide = draw(['start -> t', 't:catch -> c'], { frames: { t: ['a', 'b', 'c'] }, tries: ['t'] })
    expect(next(wide, open, failed('t[0].a'), begun('t[0].b'))).toEqual([])
    expect(next(wide, open, failed('t[0].a'), done('t[0].b'))).toEqual(['catch t'])
  })
  test('walks what catches, tidies up, and gives what caught gave', () => {
    expect(next(plan, breaks, caught('t', 't[0].fetch'))).toEqual(['t[0].mend'])
    expect(next(plan, mended)).toEqual(['t[0].tidy'])
    expect(decide(plan, stateAfter(mended, done('t[0].tidy')))).toMatchObject([
      { type: 'close-step', output: 'told' },
    ])
  })
  test('that cannot be mended tidies up and fails, with the failure of what caught', () => {
    const twice = [...breaks, caught('t', 't[0].fetch'), ...failed('t[0].mend')]
    expect(next(plan, twice)).toEqual(['t[0].tidy'])
    expect(decide(plan, stateAfter(twice, done('t[0].tidy')))).toMatchObject([
      { type: 'fail-step', step: 't', cause: 't[0].mend', failure: { retryable: false } },
    ])
  })
  test('that cannot tidy up fails, however the rest went', () =>
    expect(decide(plan, stateAfter(works, failed('t[0].tidy')))).toMatchObject([
      { type: 'fail-step', cause: 't[0].tidy' },
    ]))
  test('with nothing that catches fails, after it has tidied up', () => {
    const bare = draw(['start -> t', 't:finally -> tidy'], { frames: { t: ['a', 'tidy'] }, tries: ['t'] })
    expect(next(bare, open, failed('t[0].a'))).toEqual(['t[0].tidy'])
    expect(next(bare, open, failed('t[0].a'), done('t[0].tidy'))).toEqual(['fail t'])
  })
  test('with a body only is a body', () => {
    const bare = draw(['start -> t'], { frames: { t: ['a'] }, tries: ['t'] })
    expect(next(bare, open, done('t[0].a'))).toEqual(['close t'])
    expect(next(bare, open, failed('t[0].a'))).toEqual(['fail t'])
  })
  test('does not catch what an error wire inside took', () => {
    const inner = draw(['start -> t', 'a:error -> b', 't:catch -> c'], {
      frames: { t: ['a', 'b', 'c'] },
      tries: ['t'],
    })
    expect(next(inner, open, failed('t[0].a'))).toEqual(['t[0].b'])
    expect(next(inner, open, failed('t[0].a'), done('t[0].b'))).toEqual(['close t'])
  })
  test('catches after the last attempt only', () => {
    const stubborn = draw(['start -> t', 't:catch -> c'], {
      frames: { t: ['a', 'c'] },
      tries: ['t'],
      retry: { a: { attempts: 2, delayMs: 1 } },
    })
    expect(next(stubborn, open, failed('t[0].a'))).toEqual(['t[0].a#2'])
    expect(next(stubborn, open, failed('t[0].a'), failed('t[0].a', 2))).toEqual(['catch t'])
  })
  test('goes on where it was after its worker died', () => {
    const dying = [...breaks, caught('t', 't[0].fetch'), begun('t[0].mend'), takenOver]
    expect(next(plan, dying)).toEqual(['t[0].mend'])
  })
  test('begins nothing more once the run is cancelled', () =>
    expect(next(plan, breaks, cancelled)).toEqual(['cancelled']))
})

describe('a try and other scopes', () => {
  test('in a list, each element catches by itself', () => {
    const inList = draw(['start -> each', 't:catch -> c'], {
      frames: { each: ['t'], t: ['a', 'c'] },
      tries: ['t'],
    })
    const history = [opened('each', 2, 2), opened('each[0].t', 1), opened('each[1].t', 1)]
    expect(next(inList, history, failed('each[1].t[0].a'))).toEqual(['each[0].t[0].a', 'catch each[1].t'])
  })
  test('a failure in a frame inside is caught', () => {
    const around = draw(['start -> t', 't:catch -> c'], {
      frames: { t: ['each', 'c'], each: ['a'] },
      tries: ['t'],
    })
    const history = [open, opened('t[0].each', 1), ...failed('t[0].each[0].a')]
    expect(next(around, history)).toEqual(['fail t[0].each'])
    expect(next(around, history, failed('t[0].each').slice(1))).toEqual(['catch t'])
  })
  test('what it did is undone only if the run fails after all', () => {
    const paid = draw(['start -> t', 't -> x', 'pay -> note', 'pay:undo -> refund', 't:catch -> c'], {
      frames: { t: ['pay', 'note', 'refund', 'c'] },
      tries: ['t'],
    })
    const history = [open, ...doneForNow('t[0].pay'), ...failed('t[0].note'), caught('t', 't[0].note')]
    expect(next(paid, history)).toEqual(['t[0].c'])
    expect(next(paid, history, done('t[0].c'), done('t'), done('x'))).toEqual(['succeeded'])
    expect(next(paid, history, done('t[0].c'), done('t'), failed('x'))).toEqual(['undo(t[0].pay).refund'])
  })
  test('an error wire of the frame takes what it did not catch', () => {
    const wired = draw(['start -> t', 't:error -> sorry'], { frames: { t: ['a'] }, tries: ['t'] })
    expect(next(wired, open, failed('t[0].a'), failed('t').slice(1))).toEqual(['sorry'])
  })
})

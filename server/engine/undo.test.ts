import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import {
  begun,
  cancelled,
  closed,
  done,
  doneForNow,
  draw,
  failed,
  next,
  notUndone,
  opened,
  stateAfter,
  takenOver,
  undone,
  waiting,
} from './test-graphs.ts'
import { visitsOf } from './visits.ts'

const order = draw(
  [
    'start -> charge',
    'charge -> reserve',
    'reserve -> send',
    'charge:undo -> refund',
    'reserve:undo -> free',
  ],
  { retry: { refund: { attempts: 2, delayMs: 10 } } },
)
const broke = [...doneForNow('charge'), ...doneForNow('reserve'), ...failed('send')]

describe('what undoes', () => {
  test('is not walked on the way', () => {
    expect(next(order, doneForNow('charge'))).toEqual(['reserve'])
    expect(next(order, doneForNow('charge'), doneForNow('reserve'), done('send'))).toEqual(['succeeded'])
  })
  test('does not keep its step from being an end', () => {
    const plan = draw(['start -> charge', 'charge:undo -> refund'])
    expect(decide(plan, stateAfter(doneForNow('charge', 7)))).toMatchObject([{ output: 7 }])
  })
  test('is asked for with the step, so that its end can say so', () =>
    expect(decide(order, stateAfter())).toMatchObject([{ step: 'charge', undo: true }]))
})

describe('a run that fails', () => {
  test('undoes what was done last first', () => expect(next(order, broke)).toEqual(['undo(reserve).free']))
  test('then what was done before', () =>
    expect(next(order, broke, done('undo(reserve).free'), undone('reserve'))).toEqual([
      'undo(charge).refund',
    ]))
  test('says of each that it is undone', () =>
    expect(next(order, broke, done('undo(reserve).free'))).toEqual(['undone reserve']))
  test('and fails at last, as it did', () =>
    expect(decide(order, stateAfter(broke, undone('reserve'), undone('charge')))).toMatchObject([
      { type: 'finish-run', status: 'failed', failure: { code: 'http_500', step: 'send' } },
    ]))
  test('waits for what is in flight, and undoes that too', () => {
    const wide = draw(['start -> a', 'start -> b', 'b:undo -> c'])
    expect(next(wide, failed('a'), begun('b'))).toEqual([])
    expect(next(wide, failed('a'), doneForNow('b'))).toEqual(['undo(b).c'])
  })
  test('follows the order in which steps were done, not that of the drawing', () => {
    const wide = draw(['start -> a', 'start -> b', 'start -> c', 'a:undo -> x', 'b:undo -> y'])
    const history = [begun('a'), ...doneForNow('b'), ...doneForNow('a').slice(1), ...failed('c')]
    expect(next(wide, history)).toEqual(['undo(a).x'])
    expect(next(wide, history, undone('a'))).toEqual(['undo(b).y'])
  })
  test('undoes nothing that was not done', () =>
    expect(next(order, doneForNow('charge'), failed('reserve'))).toEqual(['undo(charge).refund']))
  test('leaves alone what another run had done', () =>
    expect(next(order, done('charge'), failed('reserve'))).toEqual(['failed']))
  test('undoes when it is cancelled as well', () => {
    expect(next(order, doneForNow('charge'), begun('reserve'), cancelled)).toEqual([])
    expect(next(order, doneForNow('charge'), cancelled)).toEqual(['undo(charge).refund'])
    expect(next(order, doneForNow('charge'), cancelled, undone('charge'))).toEqual(['cancelled'])
  })
  test('and when its time is up', () => {
    const failure = { code: 'run_timed_out', message: 'Too long', retryable: false }
    const late = { type: 'run.timed_out', failure } as const
    expect(next(order, doneForNow('charge'), late)).toEqual(['undo(charge).refund'])
    expect(decide(order, stateAfter(doneForNow('charge'), late, undone('charge')))).toMatchObject([
      { status: 'failed', failure: { code: 'run_timed_out' } },
    ])
  })
})

describe('undoing', () => {
  test('is tried again by its own policy', () =>
    expect(next(order, doneForNow('charge'), failed('reserve'), failed('undo(charge).refund'))).toEqual([
      'undo(charge).refund#2',
    ]))
  test('that fails does not keep the others from it', () => {
    expect(next(order, broke, failed('undo(reserve).free'))).toEqual(['not undone reserve'])
    expect(next(order, broke, notUndone('reserve', 'undo(reserve).free'))).toEqual(['undo(charge).refund'])
  })
  test('is a small workflow of its own: several steps, branches, an error path', () => {
    const plan = draw([
      'start -> pay',
      'pay -> x',
      'pay:undo -> ask',
      'ask:yes -> refund',
      'refund:error -> call',
    ])
    const broken = [...doneForNow('pay'), ...failed('x')]
    expect(next(plan, broken, done('undo(pay).ask', 'no'))).toEqual(['undone pay'])
    expect(next(plan, broken, done('undo(pay).ask', 'yes'))).toEqual(['undo(pay).refund'])
    expect(next(plan, broken, done('undo(pay).ask', 'yes'), failed('undo(pay).refund'))).toEqual([
      'undo(pay).call',
    ])
  })
  test('is walked by itself, whatever else a draft may lead there', () => {
    const mixed = draw(['start -> pay', 'start -> refund', 'pay -> x', 'pay:undo -> refund'])
    expect(next(mixed)).toEqual(['pay'])
    expect(next(mixed, doneForNow('pay'), failed('x'))).toEqual(['undo(pay).refund'])
  })
  test('may wait, and the run with it', () => {
    const history = [...doneForNow('charge'), ...failed('reserve'), waiting('undo(charge).refund')]
    expect(next(order, history)).toEqual([])
  })
  test('of one step is not disturbed by another that ends meanwhile', () => {
    const wide = draw(['start -> a', 'start -> b', 'start -> c', 'a:undo -> x', 'b:undo -> y'])
    const history = [...doneForNow('a'), waiting('b'), ...failed('c'), begun('undo(a).x')]
    const ended = doneForNow('b').slice(1)
    expect(next(wide, history, ended)).toEqual([])
    expect(next(wide, history, ended, done('undo(a).x').slice(1))).toEqual(['undone a'])
    expect(next(wide, history, ended, undone('a'))).toEqual(['undo(b).y'])
  })
  test('goes on after its worker died, as the same attempt', () =>
    expect(
      next(order, doneForNow('charge'), failed('reserve'), begun('undo(charge).refund'), takenOver),
    ).toEqual(['undo(charge).refund']))
})

describe('inside', () => {
  const plan = draw(['start -> each', 'charge -> note', 'charge:undo -> refund'], {
    frames: { each: ['charge', 'note', 'refund'] },
  })
  test('a frame what closed iterations did is undone too, the last first', () => {
    const history = [
      opened('each', 3),
      ...doneForNow('each[0].charge'),
      closed('each', 0),
      ...doneForNow('each[1].charge'),
      ...failed('each[1].note'),
    ]
    expect(next(plan, history)).toEqual(['fail each'])
    const all = [...history, ...failed('each').slice(1)]
    expect(next(plan, all)).toEqual(['undo(each[1].charge).refund'])
    expect(next(plan, all, undone('each[1].charge'))).toEqual(['undo(each[0].charge).refund'])
    expect(next(plan, all, undone('each[1].charge'), undone('each[0].charge'))).toEqual(['failed'])
  })
  test('a frame it sees what its step saw, though the iteration is long folded away', () => {
    const state = stateAfter(
      opened('each', 2),
      done('each[0].note', 'out', 'noted'),
      doneForNow('each[0].charge', 5),
      closed('each', 0),
      failed('each[1].charge'),
      failed('each').slice(1),
      begun('undo(each[0].charge).refund'),
    )
    const { at } = visitsOf(state, 'undo(each[0].charge).refund')
    expect(at('each[0].')?.get('note')).toMatchObject({ output: 'noted' })
    expect(at('each[0].')?.get('charge')).toMatchObject({ output: 5 })
    expect(at('')?.get('each')).toMatchObject({ status: 'opened', items: [0, 1] })
    expect(at('')?.get('start')).toMatchObject({ output: 'hello' })
    expect(at('undo(each[0].charge).')?.get('refund')).toMatchObject({ status: 'started' })
    expect(visitsOf(state, 'each').at('')?.get('each')).toMatchObject({ status: 'failed' })
    expect(visitsOf(state, 'undo(other).refund').at('each[0].')).toBeUndefined()
  })
  test('a repeating node each element is undone by itself', () => {
    const sending = draw(['start -> send', 'send -> x', 'send:undo -> recall'], { repeats: ['send'] })
    const sent = [opened('send', 2), ...doneForNow('send[0]'), closed('send', 0), ...doneForNow('send[1]')]
    const history = [...sent, closed('send', 1), ...done('send'), ...failed('x')]
    expect(next(sending, history)).toEqual(['undo(send[1]).recall'])
    const recalled = done('undo(send[1]).recall')
    expect(next(sending, history, recalled)).toEqual(['undone send[1]'])
    expect(next(sending, history, recalled, undone('send[1]'))).toEqual(['undo(send[0]).recall'])
  })
  test('what undoes may be a frame', () => {
    const frame = draw(['start -> pay', 'pay -> x', 'pay:undo -> each'], { frames: { each: ['refund'] } })
    const history = [...doneForNow('pay'), ...failed('x'), opened('undo(pay).each', 2)]
    expect(next(frame, history)).toEqual(['undo(pay).each[0].refund'])
    expect(next(frame, history, done('undo(pay).each[0].refund'))).toEqual(['close undo(pay).each[0]'])
  })
})

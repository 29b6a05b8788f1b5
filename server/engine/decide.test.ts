import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { RunEvent } from './history.ts'
import {
  begun,
  cancelled,
  closed,
  done,
  draw,
  failed,
  next,
  opened,
  stateAfter,
  takenOver,
  waiting,
} from './test-graphs.ts'

const diamond = draw(['start -> left', 'start -> right', 'left -> join', 'right -> join'])
const branch = draw(['start -> if', 'if:yes -> a', 'if:no -> b', 'a -> join', 'b -> join'])

describe('order', () => {
  test('starts after the trigger, on every branch', () => expect(next(diamond)).toEqual(['left', 'right']))
  test('a step under way is not asked for again', () =>
    expect(next(diamond, begun('left'))).toEqual(['right']))
  test('a join waits for every branch', () => expect(next(diamond, done('left'), begun('right'))).toEqual([]))
  test('a join runs once every branch is in', () =>
    expect(next(diamond, done('left'), done('right'))).toEqual(['join']))
  test('takes only the chosen branch', () => expect(next(branch, done('if', 'yes'))).toEqual(['a']))
  test('a join does not wait for a branch not taken', () =>
    expect(next(branch, done('if', 'yes'), done('a'))).toEqual(['join']))
  test('skipping flows on to the end', () => {
    const plan = draw(['start -> if', 'if:yes -> a', 'a -> b', 'b -> c'])
    expect(next(plan, done('if', 'no'))).toEqual(['succeeded'])
  })
  test('a trigger that did not start the run, and what hangs on it, has no turn', () =>
    expect(next(draw(['other -> a', 'start -> b', 'a -> c', 'b -> c']), done('b'))).toEqual(['c']))
  test('a loose node does not run', () =>
    expect(next(draw(['loose -> x', 'start -> a']), done('a'))).toEqual(['succeeded']))
  test('a trigger alone succeeds', () => expect(next(draw([]))).toEqual(['succeeded']))
  test('nothing is asked of a finished run', () =>
    expect(next(diamond, { type: 'run.finished', status: 'failed', output: null })).toEqual([]))
})

describe('output', () => {
  const outputOf = (...about: Parameters<typeof stateAfter>) => decide(branchEnds, stateAfter(...about))
  const branchEnds = draw(['start -> a', 'start -> b', 'a:error -> rescue'])
  test('of several ends is an object by key', () =>
    expect(outputOf(done('a', 'out', 1), done('b', 'out', 2))).toMatchObject([{ output: { a: 1, b: 2 } }]))
  test('an error wire alone does not make a node inner', () => {
    const plan = draw(['start -> a', 'a:error -> rescue'])
    expect(decide(plan, stateAfter(done('a', 'out', 7)))).toMatchObject([{ output: 7 }])
    expect(decide(plan, stateAfter(failed('a'), done('rescue', 'out', 8)))).toMatchObject([{ output: 8 }])
  })
  test('of one end is its output', () =>
    expect(decide(branch, stateAfter(done('if', 'no'), done('b'), done('join', 'out', 9)))).toMatchObject([
      { type: 'finish-run', status: 'succeeded', output: 9 },
    ]))
  test('of none is null', () =>
    expect(decide(draw(['start -> if', 'if:yes -> a']), stateAfter(done('if', 'no', 1)))).toMatchObject([
      { output: null },
    ]))
})

describe('failure', () => {
  const plan = draw(['start -> a', 'a -> b'], { retry: { a: { attempts: 2, delayMs: 100 } } })
  test('retries while attempts remain, after the delay', () => {
    expect(next(plan, failed('a'))).toEqual(['a#2'])
    expect(decide(plan, stateAfter(failed('a')))).toMatchObject([{ delayMs: 100, attempt: 2 }])
  })
  test('then fails the run and names the step', () =>
    expect(decide(plan, stateAfter(failed('a'), failed('a', 2)))).toMatchObject([
      { type: 'finish-run', status: 'failed', failure: { code: 'http_500', step: 'a' } },
    ]))
  test('unless an error path is drawn', () =>
    expect(next(draw(['start -> a', 'a -> b', 'a:error -> c']), failed('a'))).toEqual(['c']))
  test('waits for steps in flight, and starts nothing new', () => {
    const wide = draw(['start -> a', 'start -> b', 'start -> c'])
    expect(next(wide, failed('a'), begun('b'))).toEqual([])
    expect(next(wide, failed('a'), done('b'))).toEqual(['failed'])
  })
  test('does not wait for a retry of another step', () => {
    const two = draw(['start -> a', 'start -> b'], { retry: { b: { attempts: 3, delayMs: 9 } } })
    expect(next(two, failed('a'), failed('b'))).toEqual(['failed'])
  })
})

describe('frames', () => {
  const plan = draw(['start -> each', 'each -> after', 'fetch -> save'], {
    frames: { each: ['fetch', 'save'] },
  })
  test('asks for the list first', () => expect(next(plan)).toEqual(['open each']))
  test('starts as many iterations as may run at once', () =>
    expect(next(plan, opened('each', 3, 2))).toEqual(['each[0].fetch', 'each[1].fetch']))
  test('each iteration proceeds on its own', () =>
    expect(next(plan, opened('each', 3, 2), done('each[1].fetch'), begun('each[0].fetch'))).toEqual([
      'each[1].save',
    ]))
  test('closes an iteration when nothing is left of it', () =>
    expect(next(plan, opened('each', 3), done('each[0].fetch'), done('each[0].save'))).toEqual([
      'close each[0]',
    ]))
  test('the next takes the place of a closed one', () =>
    expect(next(plan, opened('each', 3, 2), closed('each', 0), begun('each[1].fetch'))).toEqual([
      'each[2].fetch',
    ]))
  test('closes when every iteration is, with the outputs in order', () =>
    expect(
      decide(plan, stateAfter(opened('each', 2, 2), closed('each', 1, 'b'), closed('each', 0, 'a'))),
    ).toMatchObject([{ type: 'close-step', step: 'each', output: ['a', 'b'] }]))
  test('an empty list closes at once', () => expect(next(plan, opened('each', 0))).toEqual(['close each']))
  test('then goes on', () => expect(next(plan, done('each'))).toEqual(['after']))
  test('a failure inside fails the frame once nothing of it is in flight', () => {
    const history = [opened('each', 3, 2), ...failed('each[0].fetch')]
    expect(next(plan, ...history, begun('each[1].fetch'))).toEqual([])
    expect(next(plan, ...history, ...done('each[1].fetch'))).toEqual(['fail each'])
  })
  test('names the step inside that made it fail, when nothing catches that', () => {
    const fail: RunEvent = {
      ...{ type: 'step.failed', step: 'each', attempt: 1, cause: 'each[0].fetch' },
      failure: { code: 'http_500', message: 'It broke', retryable: false },
    }
    expect(decide(plan, stateAfter(opened('each', 1), failed('each[0].fetch'), fail))).toMatchObject([
      { status: 'failed', failure: { step: 'each[0].fetch' } },
    ])
  })
  test('what is in flight inside holds up the end of a run that failed elsewhere', () => {
    const wide = draw(['start -> each', 'start -> a'], { frames: { each: ['fetch'] } })
    expect(next(wide, opened('each', 1), begun('each[0].fetch'), failed('a'))).toEqual([])
  })
  test('an iteration closes once', () => {
    const twice = [opened('each', 3), closed('each', 0, 'a'), closed('each', 0, 'b')]
    expect(next(plan, twice)).toEqual(['each[1].fetch'])
    const frame = stateAfter(twice).root.get('each')
    expect(frame).toMatchObject({ closed: 1, outputs: ['a', null, null] })
  })
  test('which its error port catches', () => {
    const caught = draw(['start -> each', 'each:error -> sorry'], { frames: { each: ['fetch'] } })
    expect(next(caught, opened('each', 1), failed('each[0].fetch'), failed('each'))).toEqual(['sorry'])
  })
  test('frames inside frames', () => {
    const nested = draw(['start -> rows', 'rows -> end'], { frames: { rows: ['cols'], cols: ['cell'] } })
    expect(next(nested, opened('rows', 2))).toEqual(['open rows[0].cols'])
    const first = [opened('rows', 2), opened('rows[0].cols', 1)]
    expect(next(nested, ...first)).toEqual(['rows[0].cols[0].cell'])
    expect(next(nested, ...first, ...done('rows[0].cols[0].cell'))).toEqual(['close rows[0].cols[0]'])
    expect(next(nested, ...first, closed('rows[0].cols', 0))).toEqual(['close rows[0].cols'])
    expect(next(nested, ...first, ...done('rows[0].cols'))).toEqual(['close rows[0]'])
    expect(next(nested, ...first, closed('rows', 0))).toEqual(['open rows[1].cols'])
  })
  test('an empty frame gives null for each element', () => {
    const empty = draw(['start -> each'], { frames: { each: [] } })
    expect(next(empty, opened('each', 2))).toEqual(['close each[0]'])
  })
})

describe('repeat for each', () => {
  const retry = { send: { attempts: 2, delayMs: 1 } }
  const plan = draw(['start -> send', 'send -> after'], { repeats: ['send'], retry })
  test('asks for the list, then runs the node once for each element', () => {
    expect(next(plan)).toEqual(['open send'])
    expect(next(plan, opened('send', 3, 2))).toEqual(['send[0]', 'send[1]'])
  })
  test('an element’s output is its iteration’s', () =>
    expect(decide(plan, stateAfter(opened('send', 1), done('send[0]', 'out', 'sent')))).toMatchObject([
      { type: 'close-iteration', step: 'send', index: 0, output: 'sent' },
    ]))
  test('each element is retried by itself', () =>
    expect(next(plan, opened('send', 2, 2), failed('send[1]'), begun('send[0]'))).toEqual(['send[1]#2']))
  test('an element that fails for good fails the step, and names it', () =>
    expect(
      decide(plan, stateAfter(opened('send', 2), failed('send[0]'), failed('send[0]', 2))),
    ).toMatchObject([
      { type: 'fail-step', step: 'send', cause: 'send[0]', failure: { code: 'http_500', retryable: false } },
    ]))
  test('works inside a frame', () => {
    const inside = draw(['start -> each'], { frames: { each: ['send'] }, repeats: ['send'] })
    expect(next(inside, opened('each', 1), opened('each[0].send', 1))).toEqual(['each[0].send[0]'])
    expect(next(inside, opened('each', 1), opened('each[0].send', 1), done('each[0].send[0]'))).toEqual([
      'close each[0].send[0]',
    ])
  })
})

describe('waiting, cancelling and taking over', () => {
  const plan = draw(['start -> ask', 'ask -> send'])
  const wide = draw(['start -> a', 'start -> b'])
  test('a run stays open while a step waits', () => expect(next(plan, waiting('ask'))).toEqual([]))
  test('a waiting step goes on through its port', () =>
    expect(next(plan, waiting('ask'), done('ask'))).toEqual(['send']))
  test('it does not hold up cancelling', () =>
    expect(next(plan, waiting('ask'), cancelled)).toEqual(['cancelled']))
  test('a step in flight does', () => expect(next(plan, begun('ask'), cancelled)).toEqual([]))
  test('nothing new starts once cancelling', () =>
    expect(next(plan, done('ask'), cancelled)).toEqual(['cancelled']))
  test('nor does a waiting step hold up failing', () =>
    expect(next(wide, failed('a'), waiting('b'))).toEqual(['failed']))
  test('one that has a turn under a rate limit is asked for then, as the same attempt', () => {
    const held = { type: 'step.held', step: 'a', attempt: 2, untilMs: 9 } as const
    const state = stateAfter(failed('a'), begun('a', 2), held)
    expect(decide(wide, state)).toContainEqual(
      expect.objectContaining({ type: 'run-step', step: 'a', attempt: 2, sinceMs: 9, delayMs: 0 }),
    )
    expect(next(wide, begun('a'), { ...held, attempt: 1 }, done('b'), cancelled)).toEqual(['cancelled'])
  })
  test('the same attempt is asked for again when its worker died', () =>
    expect(next(wide, done('a'), begun('b'), takenOver)).toEqual(['b']))
  test('deaths are counted by step, and only in a row', () => {
    const twice = stateAfter(begun('a'), takenOver, begun('a'), takenOver)
    expect(twice.root.get('a')).toMatchObject({ status: 'interrupted', crashes: 2 })
    const retried = stateAfter(begun('a'), takenOver, failed('a'), begun('a', 2), takenOver)
    expect(retried.root.get('a')).toMatchObject({ crashes: 1 })
  })
  test('an orderly hand-over is not a death', () => {
    const woken = { type: 'run.claimed', worker: 'w', token: 2, reason: 'woken' } as const
    expect(stateAfter(begun('a'), woken).root.get('a')).toMatchObject({ status: 'interrupted', crashes: 0 })
  })
})

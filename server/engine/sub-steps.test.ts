import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { RunEvent } from './history.ts'
import { recordOf } from './state.ts'
import {
  asks,
  begun,
  cancelled,
  done,
  draw,
  failed,
  goingRound,
  next,
  opened,
  recorded,
  round,
  stateAfter,
  takenOver,
} from './test-graphs.ts'

const plan = draw(['start -> ask', 'ask -> send'], { retry: { ask: { attempts: 3, delayMs: 1 } } })
const wide = draw(['start -> a', 'start -> b'])

describe('questions', () => {
  test('a run stays open while a step waits for an answer', () =>
    expect(next(plan, asks('ask', 'ok'))).toEqual([]))
  test('with the answer the same attempt runs again', () =>
    expect(next(plan, asks('ask', 'ok'), recorded('ask', 'ok'))).toEqual(['ask']))
  test('one answer of several is enough to go on', () =>
    expect(next(plan, asks('ask', 'a', 'b'), recorded('ask', 'b'))).toEqual(['ask']))
  test('asked again for what is still missing, it waits again', () =>
    expect(next(plan, asks('ask', 'a', 'b'), recorded('ask', 'b'), asks('ask', 'a'))).toEqual([]))
  test('an answer that came in while it ran is not missed', () =>
    expect(
      next(
        plan,
        asks('ask', 'a', 'b'),
        recorded('ask', 'a'),
        begun('ask'),
        recorded('ask', 'b'),
        asks('ask', 'b'),
      ),
    ).toEqual(['ask']))
  test('an answer to something else does not wake it', () =>
    expect(next(plan, asks('ask', 'a'), recorded('ask', 'other'))).toEqual([]))
  test('it does not hold up cancelling or failing', () => {
    expect(next(plan, asks('ask', 'ok'), cancelled)).toEqual(['cancelled'])
    expect(next(wide, failed('a'), asks('b', 'ok'))).toEqual(['failed'])
  })
  test('a worker that dies while nobody answers is no death of the step', () => {
    const state = stateAfter(asks('ask', 'ok'), takenOver)
    expect(state.root.get('ask')).toMatchObject({ status: 'suspended' })
    expect(next(plan, asks('ask', 'ok'), takenOver, recorded('ask', 'ok'))).toEqual(['ask'])
  })
  test('what it asked is known until it ends, while it runs again too', () => {
    const asked = (...history: Parameters<typeof stateAfter>) => [...stateAfter(...history).asked.keys()]
    expect(asked(asks('ask', 'ok'))).toEqual(['ask'])
    expect(asked(asks('ask', 'ok'), recorded('ask', 'ok'), begun('ask'))).toEqual(['ask'])
    expect(asked(asks('ask', 'ok'), recorded('ask', 'ok'), done('ask'))).toEqual([])
  })
  test('works in a frame and for each element', () => {
    const inside = draw(['start -> each'], { frames: { each: ['fetch'] } })
    const history = [opened('each', 2, 2), ...asks('each[0].fetch', 'ok'), ...asks('each[1].fetch', 'ok')]
    expect(next(inside, ...history)).toEqual([])
    expect(next(inside, ...history, recorded('each[1].fetch', 'ok'))).toEqual(['each[1].fetch'])
  })
})

describe('records', () => {
  const of = (name: string, ...history: Parameters<typeof stateAfter>) =>
    recordOf(stateAfter(...history), { step: 'ask', name })
  const started = (name: string): RunEvent => ({
    ...{ type: 'substep.started', step: 'ask', attempt: 1 },
    ...{ name, kind: 'model', title: name },
  })
  const broke = (name: string): RunEvent => ({
    ...{ type: 'substep.failed', step: 'ask', attempt: 1, name },
    failure: { code: 'x', message: '', retryable: true },
  })

  test('are kept over a retry and over a death', () => {
    const kept = { status: 'done', output: 'yes' }
    expect(of('m', begun('ask'), recorded('ask', 'm'), failed('ask').slice(1), begun('ask', 2))).toEqual(kept)
    expect(of('m', begun('ask'), recorded('ask', 'm'), takenOver)).toEqual(kept)
  })
  test('tell what was begun and not finished', () =>
    expect(of('m', begun('ask'), started('m'), takenOver)).toEqual({ status: 'begun' }))
  test('do not keep what failed', () =>
    expect(of('m', begun('ask'), started('m'), broke('m'))).toBeUndefined())
  test('never change once done', () =>
    expect(of('m', begun('ask'), recorded('ask', 'm', 1), recorded('ask', 'm', 2), broke('m'))).toEqual({
      status: 'done',
      output: 1,
    }))
  test('are folded away when the step has ended', () =>
    expect(of('m', begun('ask'), recorded('ask', 'm'), done('ask').slice(1))).toBeUndefined())
  test('cost what they cost, wherever they are', () => {
    const usage = {
      model: 'm',
      inputTokens: 3,
      outputTokens: 2,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      costUsd: 0.5,
    }
    const free = { ...usage, costUsd: null }
    const spent = (given: typeof usage | typeof free): RunEvent => ({
      ...{ type: 'substep.finished', step: 'ask', attempt: 1, name: 'm', output: null },
      usage: given,
    })
    expect(stateAfter(begun('ask'), spent(usage), done('ask').slice(1), spent(free)).used).toEqual({
      costUsd: 0.5,
      inputTokens: 6,
      outputTokens: 4,
    })
  })
})

describe('a frame that goes round', () => {
  const again = draw(['start -> again', 'again -> after', 'try -> check'], {
    frames: { again: ['try', 'check'] },
  })
  test('walks one round at a time', () => {
    expect(next(again, goingRound('again', 3))).toEqual(['again[0].try'])
    expect(next(again, goingRound('again', 3), done('again[0].try'), done('again[0].check'))).toEqual([
      'close again[0]',
    ])
    expect(next(again, goingRound('again', 3), round('again', 0, false))).toEqual(['again[1].try'])
  })
  test('ends when it is so, with what the last round gave', () =>
    expect(
      decide(
        again,
        stateAfter(goingRound('again', 9), round('again', 0, false), round('again', 1, true, 'x')),
      ),
    ).toMatchObject([{ type: 'close-step', output: { output: 'x', rounds: 2, met: true } }]))
  test('ends after the rounds it may have', () =>
    expect(
      decide(
        again,
        stateAfter(goingRound('again', 2), round('again', 0, false), round('again', 1, false, 'y')),
      ),
    ).toMatchObject([{ type: 'close-step', output: { output: 'y', rounds: 2, met: false } }]))
  test('begins no round after its last', () => {
    const openIn = (...history: Parameters<typeof stateAfter>) => {
      const frame = stateAfter(...history).root.get('again')
      return frame?.status === 'opened' ? [...frame.open.keys()] : undefined
    }
    const twice = [goingRound('again', 2), round('again', 0, false)]
    expect(openIn(twice)).toEqual([1])
    expect(openIn(twice, round('again', 1, false))).toEqual([])
    expect(openIn(goingRound('again', 9), round('again', 0, true))).toEqual([])
  })
  test('keeps what the round before gave, and nothing older', () => {
    const state = stateAfter(
      goingRound('again', 9),
      round('again', 0, false, 'a'),
      round('again', 1, false, 'b'),
    )
    const frame = state.root.get('again')
    expect(frame?.status === 'opened' && Object.entries(frame.items)).toEqual([['2', 'b']])
  })
  test('a failure in a round fails it', () =>
    expect(next(again, goingRound('again', 3), failed('again[0].try'))).toEqual(['fail again']))
})

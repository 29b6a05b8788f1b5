import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import type { NewRun } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, sketch, storedEvents, testNodes } from './test-runtime.ts'

const waitMs = 20_000
const timeout = { timeout: 30_000 }
const ledger = newLedger()
let runtime: Runtime

beforeAll(async () => {
  runtime = await aRuntime({ find: testNodes(ledger) })
  await runtime.start()
})
afterAll(() => runtime.stop())

async function finish(run: NewRun) {
  const { runId } = await runtime.accept(run)
  const ref = { tenantId: run.tenantId, runId }
  const result = await runtime.result({ ...ref, waitMs })
  return { ref, result, events: (await storedEvents(ref)).map(({ event }) => event) }
}

const valuesOf = (mark: string) =>
  ledger.calls.flatMap(({ value }) => (typeof value === 'string' && value.startsWith(mark) ? [value] : []))
const felt = (key: string, value: Json, more = {}) => ({
  ...{ key, type: 'test.idempotent', params: { value } },
  ...more,
})
const expr = (source: string) => ({ expr: source })
/** It fails whenever it is tried. */
const broken = (key: string) => felt(key, expr('steps.nothing_here'))

describe('a run that fails after it did something', () => {
  test('undoes it, what was done last first, and says so', timeout, async () => {
    const document = sketch(
      [
        felt('charge', 'a charge'),
        felt('reserve', 'a reserve'),
        broken('ship'),
        felt('refund', expr('`a undo ${input} of ${run.startedBy}`')),
        felt('free', expr('`a undo ${steps.reserve} after ${steps.charge}`')),
      ],
      [
        'start -> charge',
        'charge -> reserve',
        'reserve -> ship',
        'charge:undo -> refund',
        'reserve:undo -> free',
      ],
    )
    const { result, events } = await finish(await aRun(document))
    expect(result).toMatchObject({ status: 'failed', failure: { step: 'ship' } })
    expect(valuesOf('a ')).toEqual([
      'a charge',
      'a reserve',
      'a undo a reserve after a charge',
      'a undo a charge of manual',
    ])
    expect(events.flatMap((event) => (event.type === 'step.undone' ? [event.step] : []))).toEqual([
      'reserve',
      'charge',
    ])
    expect(events.at(-1)?.type).toBe('run.finished')
  })

  test('tries to undo again, and undoes the rest where that does not help', timeout, async () => {
    let tries = 0
    ledger.acts.set('b never', () => {
      throw new Error('It stays as it is')
    })
    ledger.acts.set('b at last', () => {
      if (++tries < 3) throw new Error('Not yet')
      return 'done'
    })
    const document = sketch(
      [
        felt('one', 1),
        felt('two', 2),
        broken('three'),
        felt('undo_one', 'b at last'),
        felt('undo_two', 'b never'),
      ],
      ['start -> one', 'one -> two', 'two -> three', 'one:undo -> undo_one', 'two:undo -> undo_two'],
    )
    const { result, events } = await finish(await aRun(document))
    expect(result?.status).toBe('failed')
    expect(tries).toBe(3)
    // All attempts had the same key.
    expect(new Set(ledger.calls.flatMap(({ key, value }) => (value === 'b at last' ? [key] : []))).size).toBe(
      1,
    )
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'step.undo_failed', step: 'two', cause: 'undo(two).undo_two' }),
    )
    expect(events).toContainEqual({ type: 'step.undone', step: 'one', attempt: 1 })
  })

  test('undoes what it did for each element, each with what it saw', timeout, async () => {
    const document = sketch(
      [
        { key: 'each', type: 'flow.each', params: { list: expr('trigger') } },
        { key: 'name', parent: 'each', params: { value: expr('`c ${item}`') } },
        felt('send', expr('input'), { parent: 'each' }),
        felt('recall', expr('`c undo ${input} ${steps.name} ${item} ${index}`'), { parent: 'each' }),
        broken('after'),
      ],
      ['start -> each', 'name -> send', 'send:undo -> recall', 'each -> after'],
    )
    await finish(await aRun(document, { input: ['x', 'y'] }))
    expect(valuesOf('c undo')).toEqual(['c undo c y c y y 1', 'c undo c x c x x 0'])
  })

  test('undoes nothing when it succeeds', timeout, async () => {
    const document = sketch(
      [felt('one', 'd one'), felt('undo_one', 'd undo')],
      ['start -> one', 'one:undo -> undo_one'],
    )
    const { result } = await finish(await aRun(document))
    expect(result).toMatchObject({ status: 'succeeded', output: 'd one' })
    expect(valuesOf('d ')).toEqual(['d one'])
  })
})

test('a run that is cancelled undoes what it did, and ends as cancelled', timeout, async () => {
  ledger.acts.set(
    'e hang',
    (_, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('Aborted')))),
  )
  const document = sketch(
    [felt('one', 'e one'), felt('hang', 'e hang'), felt('undo_one', 'e undo')],
    ['start -> one', 'one -> hang', 'one:undo -> undo_one'],
  )
  const run = await aRun(document)
  const { runId } = await runtime.accept(run)
  const ref = { tenantId: run.tenantId, runId }
  await expect.poll(() => valuesOf('e hang').length, { timeout: waitMs }).toBe(1)
  await runtime.cancel({ ...ref, reason: 'user' })
  expect(await runtime.result({ ...ref, waitMs })).toMatchObject({ status: 'cancelled' })
  expect(valuesOf('e ')).toEqual(['e one', 'e hang', 'e undo'])
})

describe('a run whose time is up', () => {
  test('is stopped, undone, and fails', timeout, async () => {
    ledger.acts.set(
      'f hang',
      (_, signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('Aborted')))),
    )
    const document = sketch(
      [felt('one', 'f one'), felt('hang', 'f hang'), felt('undo_one', 'f undo')],
      ['start -> one', 'one -> hang', 'one:undo -> undo_one'],
    )
    const caller = await aRun(sketch([], []))
    const { ref } = await finish(caller)
    const deadlineAt = new Date(Date.now() + 1_500)
    const parent = { runId: ref.runId, depth: 1, deadlineAt }
    const run = await aRun(document, { tenantId: caller.tenantId, startedBy: 'call', parent })
    const { result, events } = await finish(run)
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'run_timed_out' } })
    expect(valuesOf('f ')).toEqual(['f one', 'f hang', 'f undo'])
    expect(events.some(({ type }) => type === 'run.timed_out')).toBe(true)
  })
  test('while it waits, without a worker', timeout, async () => {
    const document = sketch(
      [{ key: 'wait', type: 'flow.wait', params: { mode: { kind: 'for', amount: 1, unit: 'hours' } } }],
      ['start -> wait'],
    )
    const caller = await aRun(sketch([], []))
    const { ref } = await finish(caller)
    const parent = { runId: ref.runId, depth: 1, deadlineAt: new Date(Date.now() + 2_500) }
    const { result } = await finish(
      await aRun(document, { tenantId: caller.tenantId, startedBy: 'call', parent }),
    )
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'run_timed_out' } })
  })
})

describe('a try', () => {
  const inside = (key: string, source: string) => ({ key, parent: 't', params: { value: expr(source) } })
  const document = (fetch: string) =>
    sketch(
      [
        { key: 't', type: 'flow.try' },
        inside('lock', '"locked"'),
        inside('fetch', fetch),
        inside('mend', '`${input.error.code} at ${input.error.step}, ${steps.lock}`'),
        inside('tidy', '`tidy ${steps.lock} ${steps.t?.error?.code ?? "well"}`'),
        { key: 'after', params: { value: expr('[input, steps.t]') } },
      ],
      ['start -> t', 't -> after', 'lock -> fetch', 't:catch -> mend', 't:finally -> tidy'],
    )
  test('gives what its steps gave, and tidies up', timeout, async () => {
    const { result, events } = await finish(await aRun(document('steps.lock + "!"')))
    expect(result).toEqual({ status: 'succeeded', output: ['locked!', 'locked!'] })
    expect(events).toContainEqual(expect.objectContaining({ step: 't[0].tidy', output: 'tidy locked well' }))
  })
  test('catches what failed, with why, where, and what was done before', timeout, async () => {
    const { result, events } = await finish(await aRun(document('steps.nothing')))
    const told = 'expression_missing at t[0].fetch, locked'
    expect(result).toEqual({ status: 'succeeded', output: [told, told] })
    expect(events).toContainEqual(expect.objectContaining({ output: 'tidy locked expression_missing' }))
  })
})

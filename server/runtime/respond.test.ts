import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const answer = (key: string, body: string) => ({ key, type: 'flow.respond', params: { body } })
async function start(run: NewRun) {
  const { runId } = await runtime.accept(run)
  return { tenantId: run.tenantId, runId }
}

describe('a caller', () => {
  test('who is answered twice hears the first answer, and the second fails its step', timeout, async () => {
    const document = sketch(
      [
        answer('first', 'one'),
        answer('second', 'two'),
        { key: 'told', params: { value: { expr: 'input.error.code' } } },
      ],
      ['start -> first', 'first -> second', 'second:error -> told'],
    )
    const ref = await start(await aRun(document))
    expect(await runtime.result({ ...ref, waitMs })).toMatchObject({
      status: 'responded',
      response: { body: 'one' },
    })
    await expect
      .poll(async () => (await storedEvents(ref)).at(-1)?.event, { timeout: waitMs })
      .toMatchObject({ type: 'run.finished', status: 'succeeded', output: 'already_responded' })
  })
  test('whom nobody answers hears how the run ended', timeout, async () => {
    const document = sketch(
      [
        {
          key: 'if',
          type: 'flow.if',
          params: { conditions: { rules: [{ left: 1, op: 'equals', right: 2 }] } },
        },
        answer('never', 'no'),
      ],
      ['start -> if', 'if:yes -> never'],
    )
    const ref = await start(await aRun(document))
    expect(await runtime.result({ ...ref, waitMs })).toEqual({ status: 'succeeded', output: null })
  })
  test('who could not wait finds the answer later', timeout, async () => {
    let open: (value: string) => void = () => {}
    ledger.acts.set('gate', () => {
      const gate = new Promise<string>((resolve) => {
        open = resolve
      })
      return gate
    })
    const document = sketch(
      [{ key: 'slow', params: { value: 'gate' } }, answer('late', 'at last')],
      ['start -> slow', 'slow -> late'],
    )
    const ref = await start(await aRun(document))
    expect(await runtime.result({ ...ref, waitMs: 200 })).toBeNull()
    await expect
      .poll(() => ledger.calls.some(({ value }) => value === 'gate'), { timeout: waitMs })
      .toBe(true)
    open('now')
    expect(await runtime.result({ ...ref, waitMs })).toMatchObject({ response: { body: 'at last' } })
  })
})

test(
  'at most fifty steps of a run are under way at once, and all of them have their turn',
  timeout,
  async () => {
    let [now, most] = [0, 0]
    ledger.acts.set('wide', async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 20))
      now--
      return 'wide'
    })
    const keys = Array.from({ length: 120 }, (_, index) => `step_${index}`)
    const document = sketch(
      keys.map((key) => ({ key, params: { value: 'wide' } })),
      keys.map((key) => `start -> ${key}`),
    )
    const ref = await start(await aRun(document))
    const result = await runtime.result({ ...ref, waitMs })
    expect(result).toMatchObject({ status: 'succeeded' })
    expect(ledger.calls.filter(({ value }) => value === 'wide')).toHaveLength(120)
    expect(most).toBeLessThanOrEqual(50)
    expect(most).toBeGreaterThan(10)
  },
)

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import { testDatabases } from '../test/databases.ts'
import { silent } from './log.ts'
import type { NewRun } from './new-run.ts'
import type { Runtime } from './runtime.ts'
import { aRun, aRuntime, newLedger, sketch, testNodes } from './test-runtime.ts'

const waitMs = 15_000
const soon = { timeout: 10_000 }

describe.each(['postgres', 'redis'] as const)('on the %s queue', (queue) => {
  const ledger = newLedger()
  const warnings: string[] = []
  let runtime: Runtime
  beforeAll(async () => {
    const log = { ...silent, warn: (_: object, message: string) => void warnings.push(message) }
    runtime = await aRuntime({ queue, log, find: testNodes(ledger) })
    await runtime.start()
  })
  afterAll(async () => {
    await runtime.stop()
    // The sweep would carry on without the queue, and hide that it is broken.
    expect(warnings).not.toContain('The queue could not be told')
  })

  async function start(run: NewRun) {
    const { runId } = await runtime.accept(run)
    return { tenantId: run.tenantId, runId }
  }
  async function finish(...about: Parameters<typeof aRun>) {
    const run = await start(await aRun(...about))
    return { ...run, result: await runtime.result({ ...run, waitMs }) }
  }
  async function historyOf(run: { tenantId: string; runId: string }, after = 0) {
    const events: StoredEvent[] = []
    const signal = AbortSignal.timeout(waitMs)
    for await (const event of runtime.watch({ ...run, after, signal })) events.push(event)
    return events
  }
  const callsOf = (value: Json) => ledger.calls.filter((call) => call.value === value)

  test('a run goes from its trigger to its end', async () => {
    const nodes = [
      { key: 'double', params: { value: { expr: 'trigger.n * 2' } } },
      { key: 'both', params: { value: { expr: '[input, steps.start.n, run.startedBy, tenant.slug]' } } },
    ]
    const run = await aRun(sketch(nodes, ['start -> double', 'double -> both']), { input: { n: 21 } })
    const ref = await start(run)
    const result = await runtime.result({ ...ref, waitMs })
    expect(result).toEqual({ status: 'succeeded', output: [42, 21, 'manual', expect.stringMatching(/^t-/)] })
    const events = await historyOf(ref)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
    expect(events.map(({ event }) => event.type)).toEqual([
      'run.started',
      'run.claimed',
      'step.started',
      'step.finished',
      'step.started',
      'step.finished',
      'run.finished',
    ])
  })

  test('the nodes of the catalog: branches, lists, a frame, an answer, a failure', async () => {
    const document = sketch(
      [
        { key: 'orders', type: 'data.set', params: { fields: [{ name: 'list', value: [1, 2, 3] }] } },
        { key: 'each', type: 'flow.each', params: { list: { expr: 'input.list' }, concurrency: 2 } },
        { key: 'square', parent: 'each', params: { value: { expr: 'item * item + index' } } },
        { key: 'again', params: { value: { expr: 'item + 1' } }, repeat: { list: { expr: 'input' } } },
        { key: 'answer', type: 'flow.respond', params: { status: 201, body: { expr: 'steps.again' } } },
        { key: 'stop', type: 'flow.stop', params: { message: 'Enough' } },
      ],
      ['start -> orders', 'orders -> each', 'each -> again', 'again -> answer', 'answer -> stop'],
    )
    const { result, ...run } = await finish(document)
    expect(result).toMatchObject({ status: 'responded', response: { status: 201, body: [2, 6, 12] } })
    const last = (await historyOf(run)).at(-1)
    expect(last?.event).toMatchObject({ type: 'run.finished', status: 'failed', failure: { step: 'stop' } })
  })

  test('text that PostgreSQL cannot store comes back as it was', async () => {
    const input = JSON.parse('{"nul":"a\\u0000b","lone":"\\ud800","__proto__":{"x":1}}')
    const { result } = await finish(
      sketch([{ key: 'same', params: { value: { expr: 'trigger' } } }], ['start -> same']),
      {
        input,
      },
    )
    expect(JSON.stringify(result?.output)).toBe(JSON.stringify(input))
  })

  test('a dedupe key gives one run, however many ask at once', async () => {
    const run = await aRun(sketch([], []), { dedupeKey: 'order 7' })
    const accepted = await Promise.all(Array.from({ length: 20 }, () => runtime.accept(run)))
    expect(new Set(accepted.map(({ runId }) => runId)).size).toBe(1)
    expect(accepted.filter(({ fresh }) => fresh)).toHaveLength(1)
  })

  test('a run that cannot be stored does not take the others of its batch with it', async () => {
    const good = await aRun(sketch([], []))
    const bad = { ...good, workflowId: '00000000-0000-7000-8000-000000000000' }
    const [first, second, third] = await Promise.allSettled(
      [good, bad, good].map((run) => runtime.accept(run)),
    )
    expect([first?.status, second?.status, third?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('retries carry the same key, and the failure names the step in the end', async () => {
    ledger.acts.set(`${queue} flaky`, (attempt) => {
      if (attempt < 3) throw new Error(`Attempt ${attempt} broke`)
      return 'third time lucky'
    })
    const flaky = { key: 'flaky', type: 'test.idempotent', params: { value: `${queue} flaky` } }
    const { result } = await finish(sketch([flaky], ['start -> flaky']))
    expect(result).toEqual({ status: 'succeeded', output: 'third time lucky' })
    expect(callsOf(`${queue} flaky`)).toHaveLength(3)
    expect(new Set(callsOf(`${queue} flaky`).map(({ key }) => key)).size).toBe(1)

    ledger.acts.set(`${queue} broken`, () => {
      throw new Error('Always')
    })
    const broken = { key: 'broken', params: { value: `${queue} broken` } }
    expect((await finish(sketch([broken], ['start -> broken']))).result).toMatchObject({
      status: 'failed',
      failure: { code: 'unexpected', message: 'Always', step: 'broken' },
    })
  })

  test('what is wrong with parameters names the field', async () => {
    const wrong = { key: 'call', type: 'http.request', params: { url: { expr: 'trigger.address' } } }
    const resultOf = async (input: Json) =>
      (await finish(sketch([wrong], ['start -> call']), { input })).result?.failure
    expect(await resultOf({ address: 'nowhere' })).toMatchObject({ code: 'invalid_params', step: 'call' })
    expect((await resultOf({ address: 'nowhere' }))?.message).toMatch(/^url: /)
    expect(await resultOf({})).toMatchObject({ code: 'expression_missing' })
    expect((await resultOf({}))?.message).toMatch(/^url: .*address/)
  })

  test('an output that is too large fails its step', async () => {
    ledger.acts.set(`${queue} large`, () => 'x'.repeat(5 * 1024 * 1024))
    const large = { key: 'large', params: { value: `${queue} large` } }
    const { result } = await finish(sketch([large], ['start -> large']))
    expect(result).toMatchObject({ failure: { code: 'output_too_large', step: 'large' } })
  })

  test('an error port catches, and reads what went wrong', async () => {
    ledger.acts.set(`${queue} bad`, () => {
      throw new Error('Bad')
    })
    const nodes = [
      { key: 'bad', params: { value: `${queue} bad` }, reliability: { attempts: 1 } },
      { key: 'rescue', params: { value: { expr: 'input.error.message' } } },
    ]
    const { result } = await finish(sketch(nodes, ['start -> bad', 'bad:error -> rescue']))
    expect(result).toEqual({ status: 'succeeded', output: 'Bad' })
  })

  test('a long wait holds no worker, and is over when its time comes', async () => {
    const wait = { kind: 'until', at: { expr: 'trigger.until' } }
    const nodes = [
      { key: 'wait', type: 'flow.wait', params: { wait } },
      { key: 'after', params: { value: 'woken' } },
    ]
    const until = new Date(Date.now() + 2_500).toISOString()
    const run = await start(
      await aRun(sketch(nodes, ['start -> wait', 'wait -> after']), { input: { until } }),
    )
    const { engine } = await testDatabases()
    await expect
      .poll(async () => {
        const { rows } = await engine.query('SELECT status, lease_owner FROM run WHERE id = $1', [run.runId])
        return rows[0]
      }, soon)
      .toEqual({ status: 'waiting', lease_owner: null })
    expect(await runtime.result({ ...run, waitMs })).toEqual({ status: 'succeeded', output: 'woken' })
    expect((await historyOf(run)).map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'run.claimed', reason: 'woken' }),
    )
  })

  test('cancelling ends a step in flight, and a run that waits', async () => {
    ledger.acts.set(
      `${queue} hang`,
      (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('too late'))),
    )
    const hang = { key: 'hang', params: { value: `${queue} hang` } }
    const running = await start(await aRun(sketch([hang], ['start -> hang'])))
    await expect.poll(() => callsOf(`${queue} hang`).length, soon).toBe(1)
    expect(await runtime.cancel({ ...running, reason: 'test' })).toBe(true)
    expect(await runtime.result({ ...running, waitMs })).toEqual({ status: 'cancelled' })
    expect(await runtime.cancel({ ...running, reason: 'again' })).toBe(false)

    const wait = {
      key: 'wait',
      type: 'flow.wait',
      params: { wait: { kind: 'for', amount: 9, unit: 'days' } },
    }
    const waiting = await start(await aRun(sketch([wait], ['start -> wait'])))
    const { engine } = await testDatabases()
    const statusOf = async () =>
      (await engine.query('SELECT status FROM run WHERE id = $1', [waiting.runId])).rows[0].status
    await expect.poll(statusOf, soon).toBe('waiting')
    await runtime.cancel({ ...waiting, reason: 'test' })
    expect(await runtime.result({ ...waiting, waitMs })).toEqual({ status: 'cancelled' })
  })

  test('one who comes back to watch gets what is missing, and no more', async () => {
    const { result, ...run } = await finish(sketch([{ key: 'a' }, { key: 'b' }], ['start -> a', 'a -> b']))
    expect(result?.status).toBe('succeeded')
    const all = await historyOf(run)
    expect(await historyOf(run, 3)).toEqual(all.slice(3))
    expect(await historyOf(run, all.length)).toEqual([])
  })

  test('changes tell a tenant of its runs, and no other', async () => {
    const [own, other] = [await aRun(sketch([], [])), await aRun(sketch([], []))]
    const stop = new AbortController()
    const seen: string[] = []
    const reading = (async () => {
      for await (const { runId, status } of runtime.changes({ tenantId: own.tenantId, signal: stop.signal }))
        seen.push(`${runId} ${status}`)
    })()
    const [{ runId: theirs }, { runId }] = await Promise.all([runtime.accept(other), runtime.accept(own)])
    await expect.poll(() => seen, soon).toContain(`${runId} succeeded`)
    stop.abort()
    await reading
    expect(seen.filter((text) => text.startsWith(theirs))).toEqual([])
  })

  test('a list of 1,000 elements, each a step', async () => {
    const repeat = { list: { expr: 'trigger.map(n => n)' }, concurrency: 20 }
    const nodes = [{ key: 'many', params: { value: { expr: 'item' } }, repeat }]
    const input = Array.from({ length: 1_000 }, (_, index) => index)
    const { result } = await finish(sketch(nodes, ['start -> many']), { input })
    expect(result).toEqual({ status: 'succeeded', output: input })
  })
})

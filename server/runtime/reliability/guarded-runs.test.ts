import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { StoredEvent } from '#server/engine/history.ts'
import { createEgress } from '../../egress/client.ts'
import { testDatabases } from '../../test/databases.ts'
import { aTenant } from '../../test/factories.ts'
import type { NewRun } from '../new-run.ts'
import type { Runtime } from '../runtime.ts'
import { aRun, aRuntime, newLedger, sketch, testNodes } from '../test-runtime.ts'

const waitMs = 30_000
const soon = { timeout: 30_000 }
const ledger = newLedger()
const find = testNodes(ledger)
const egress = createEgress({ allow: ['127.0.0.1'] })
let runtimes: Runtime[]
beforeAll(async () => {
  runtimes = await Promise.all([
    aRuntime({ find, egress, runsAtOnce: 2 }),
    aRuntime({ find, egress, runsAtOnce: 2 }),
  ])
  await Promise.all(runtimes.map((runtime) => runtime.start()))
})
afterAll(async () => {
  await Promise.all(runtimes.map((runtime) => runtime.stop()))
  await egress.close()
})
let tenantId: string
beforeEach(async () => {
  ledger.calls.length = 0
  ledger.acts.clear()
  tenantId = (await aTenant()).tenant.id
})

let turn = 0
/** Whichever of the two runtimes is next takes it in; either may run it. */
async function start(run: NewRun) {
  const runtime = runtimes[turn++ % runtimes.length]!
  const { runId } = await runtime.accept(run)
  return { tenantId: run.tenantId, runId }
}
const resultOf = (run: { tenantId: string; runId: string }) => runtimes[0]!.result({ ...run, waitMs })
async function historyOf(run: { tenantId: string; runId: string }) {
  const events: StoredEvent[] = []
  for await (const event of runtimes[0]!.watch({ ...run, after: 0, signal: AbortSignal.timeout(waitMs) }))
    events.push(event)
  return events
}
const node = (reliability: object, more: object = {}) =>
  sketch([{ key: 'it', params: { value: { expr: 'trigger' } }, reliability, ...more }], ['start -> it'])

test('runs of two workers together keep a limit; who waits long holds no worker', async () => {
  const limited = await aRun(node({ rate: { calls: 2, perMs: 5_000 } }), { tenantId, input: 'limited' })
  const free = await aRun(node({}), { tenantId, input: 'free' })
  const waiting = await Promise.all(Array.from({ length: 8 }, () => start(limited)))
  // Four places, eight runs, six of them waiting: the free one has its turn before all of them have theirs.
  expect(await resultOf(await start(free))).toMatchObject({ status: 'succeeded' })
  expect(ledger.calls.length).toBeLessThan(9)
  const results = await Promise.all(waiting.map(resultOf))
  expect(results.map((result) => result?.status)).toEqual(Array(8).fill('succeeded'))
  const histories = await Promise.all(waiting.map(historyOf))
  const turns = histories.map((events) => {
    const held = events.findLast(({ event }) => event.type === 'step.held')
    const began = events.findLast(({ event }) => event.type === 'step.started')!.at
    const due = held?.event.type === 'step.held' ? held.event.untilMs : began
    // Nobody goes before their turn.
    expect(began).toBeGreaterThanOrEqual(due)
    return { due, isHeld: held !== undefined }
  })
  expect(turns.filter(({ isHeld }) => isHeld).length).toBeGreaterThanOrEqual(4)
  const dues = turns.map(({ due }) => due).toSorted((a, b) => a - b)
  for (const [index, due] of dues.entries()) {
    const later = dues[index + 2]
    if (later !== undefined) expect(later - due).toBeGreaterThan(4_000)
  }
  // It is one attempt, however often its worker looked.
  const attempts = histories
    .flat()
    .flatMap(({ event }) => (event.type === 'step.finished' ? [event.attempt] : []))
  expect(attempts).toEqual(Array(8).fill(1))
}, 60_000)

test('a step that waits for its turn can be cancelled', async () => {
  const limited = await aRun(node({ rate: { calls: 1, perMs: 3_600_000 } }), { tenantId, input: 1 })
  expect(await resultOf(await start(limited))).toMatchObject({ status: 'succeeded' })
  const run = await start(limited)
  await vi.waitFor(async () => {
    const { rows } = await (await testDatabases()).owner.query('SELECT status FROM run WHERE id = $1', [
      run.runId,
    ])
    expect(rows[0].status).toBe('waiting')
  }, soon)
  await runtimes[1]!.cancel({ ...run, reason: 'Enough' })
  expect(await resultOf(run)).toMatchObject({ status: 'cancelled' })
  expect(ledger.calls).toHaveLength(1)
})

test('what fails again and again is left alone by both, and tried again after the pause', async () => {
  const document = node({ breaker: { failures: 3, pauseMs: 4_000 }, attempts: 1 })
  const run = await aRun(document, { tenantId, input: 'flaky' })
  let works = false
  ledger.acts.set('flaky', () => {
    if (works) return 'ok'
    throw fail('http_503', 'Busy', { retryable: true })
  })
  for (let time = 0; time < 3; time++)
    expect(await resultOf(await start(run))).toMatchObject({ failure: { code: 'http_503' } })
  expect(ledger.calls).toHaveLength(3)
  // The other process hears of it in a moment, or looks by itself within a second.
  await setTimeout(1_500)
  const refused = await Promise.all((await Promise.all([start(run), start(run)])).map(resultOf))
  for (const result of refused)
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'circuit_open' } })
  expect(ledger.calls).toHaveLength(3)
  works = true
  await vi.waitFor(
    async () => {
      expect(await resultOf(await start(run))).toMatchObject({ status: 'succeeded' })
    },
    { ...soon, interval: 500 },
  )
  expect(await resultOf(await start(run))).toMatchObject({ status: 'succeeded' })
}, 60_000)

test('a step that meets an open breaker tries again when the pause is over', async () => {
  const document = node({ breaker: { failures: 1, pauseMs: 2_000 }, attempts: 3, delayMs: 0 })
  ledger.acts.set('once', (attempt) => {
    if (attempt > 1) return 'ok'
    throw fail('network', 'No route', { retryable: true })
  })
  const run = await start(await aRun(document, { tenantId, input: 'once' }))
  expect(await resultOf(run)).toMatchObject({ status: 'succeeded', output: 'ok' })
  const codes = (await historyOf(run)).flatMap(({ event }) =>
    event.type === 'step.failed' ? [event.failure.code] : [],
  )
  expect(codes).toEqual(['network', 'circuit_open'])
}, 60_000)

test.each<[string, Json]>([
  ['a wrong key of the maker’s', fail('http_404', 'None').failure.code],
  ['a bug', 'unexpected'],
])('does not open for what is no outage: %s', async (_, code) => {
  const document = node({ breaker: { failures: 1, pauseMs: 3_600_000 }, attempts: 1 })
  ledger.acts.set('wrong', () => {
    throw code === 'unexpected' ? new Error('Oops') : fail('http_404', 'None')
  })
  const run = await aRun(document, { tenantId, input: 'wrong' })
  for (let time = 0; time < 2; time++)
    expect(await resultOf(await start(run))).toMatchObject({ failure: { code } })
})

test('what is kept is not done again: by the same data, until it is too old, and not when the node is another', async () => {
  const cached = await aRun(node({ cache: { ageMs: 3_600_000 } }), { tenantId, input: 'a' })
  ledger.acts.set('a', () => ({ done: ledger.calls.length }))
  const first = await resultOf(await start(cached))
  expect(first).toMatchObject({ output: { done: 1 } })
  const again = await start(cached)
  expect(await resultOf(again)).toEqual(first)
  expect((await historyOf(again)).map(({ event }) => event.type)).toContain('step.logged')
  expect(await resultOf(await start({ ...cached, input: 'b' }))).toMatchObject({ output: 'b' })
  expect(ledger.calls.map(({ value }) => value)).toEqual(['a', 'b'])
  // Of another tenant with the same data nothing is known.
  const theirs = await aRun(node({ cache: { ageMs: 3_600_000 } }), { input: 'a' })
  await resultOf(await start(theirs))
  expect(ledger.calls).toHaveLength(3)
  const { owner } = await testDatabases()
  await owner.query(`UPDATE step_cache SET expires_at = now() - interval '1 s' WHERE tenant_id = $1`, [
    tenantId,
  ])
  expect(await resultOf(await start(cached))).toMatchObject({ output: { done: 4 } })
  const { rows } = await owner.query('SELECT count(*)::int AS count FROM step_cache WHERE tenant_id = $1', [
    tenantId,
  ])
  // What was too old went when there was something new.
  expect(rows).toEqual([{ count: 1 }])
})

test('a key of the maker’s own decides what is the same', async () => {
  const cache = { ageMs: 3_600_000, key: { expr: 'trigger.id' } }
  const run = await aRun(node({ cache }), { tenantId, input: { id: 1, at: 'noon' } })
  const outputs = []
  for (const input of [
    { id: 1, at: 'noon' },
    { id: 1, at: 'night' },
    { id: 2, at: 'noon' },
  ])
    outputs.push((await resultOf(await start({ ...run, input })))?.status)
  expect(outputs).toEqual(Array(3).fill('succeeded'))
  expect(ledger.calls.map(({ value }) => value)).toEqual([
    { id: 1, at: 'noon' },
    { id: 2, at: 'noon' },
  ])
  const wrong = node({ cache: { ageMs: 3_600_000, key: { expr: 'trigger.no.such' } } })
  const failed = await resultOf(await start(await aRun(wrong, { tenantId, input: {} })))
  expect(failed).toMatchObject({
    status: 'failed',
    failure: { message: expect.stringContaining('reliability.cache.key') },
  })
})

test('an effect is had each time, whatever its settings say, and a failure is not kept', async () => {
  const effect = node({ cache: { ageMs: 3_600_000 } }, { type: 'test.idempotent' })
  const run = await aRun(effect, { tenantId, input: 1 })
  await resultOf(await start(run))
  await resultOf(await start(run))
  expect(ledger.calls).toHaveLength(2)
  ledger.acts.set('fails', () => {
    throw fail('http_404', 'None')
  })
  const failing = await aRun(node({ cache: { ageMs: 3_600_000 } }), { tenantId, input: 'fails' })
  for (let time = 0; time < 2; time++)
    expect(await resultOf(await start(failing))).toMatchObject({ status: 'failed' })
  expect(ledger.calls).toHaveLength(4)
})

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test.each(['cancel', 'timeout'] as const)(
  'a request in flight is hung up on: %s',
  async (how) => {
    const open = new Set<string>()
    const heard = deferred()
    const hungUp = deferred()
    const server = createServer((request) => {
      open.add(request.url ?? '')
      request.socket.on('close', () => {
        open.clear()
        hungUp.resolve()
      })
      heard.resolve()
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slow`
    const reliability = { attempts: 1, ...(how === 'timeout' ? { timeoutMs: 1_000 } : {}) }
    const document = sketch(
      [{ key: 'it', type: 'http.request', params: { url }, reliability }],
      ['start -> it'],
    )
    const run = await start(await aRun(document, { tenantId }))
    await heard.promise
    expect(open).toEqual(new Set(['/slow']))
    if (how === 'cancel') await runtimes[0]!.cancel({ ...run, reason: 'Enough' })
    await hungUp.promise
    const result = await resultOf(run)
    expect(result).toMatchObject(
      how === 'cancel' ? { status: 'cancelled' } : { failure: { code: 'timeout' } },
    )
    expect(open.size).toBe(0)
    server.closeAllConnections()
    server.close()
  },
  60_000,
)

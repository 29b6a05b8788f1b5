import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { aRun, aRuntime, newLedger, sketch, testNodes } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import { serveFake } from '#server/test/fakes/fake.ts'
import { adminListener } from './listener.ts'
import { createMetrics } from './metrics.ts'
import { watchRequests } from './requests.ts'
import { addSharedMetrics } from './shared.ts'
import { both, startTraces } from './traces.ts'

const { engine } = await testDatabases()
const document = sketch([{ key: 'a' }], ['start -> a'])

async function oneRun(observe: Parameters<typeof aRuntime>[0]) {
  const ledger = newLedger()
  const runtime = await aRuntime({ find: testNodes(ledger), ...observe })
  await runtime.start()
  try {
    const run = await aRun(document)
    const { runId } = await runtime.accept(run)
    await runtime.result({ tenantId: run.tenantId, runId, waitMs: 20_000 })
    return { ...run, runId }
  } finally {
    await runtime.stop()
  }
}

test('a run is counted from its acceptance to its end, and no id is a label', async () => {
  const metrics = createMetrics()
  addSharedMetrics(metrics.registry, engine)
  const run = await oneRun({ observe: metrics.observe })
  const text = await metrics.registry.metrics()
  for (const line of [
    'trama_runs_accepted_total{started_by="manual"} 1',
    'trama_accept_seconds_count 1',
    'trama_queue_wait_seconds_count 1',
    'trama_runs_taken_total{reason="queued"} 1',
    'trama_runs_ended_total{status="succeeded"} 1',
    'trama_steps_total{type="test.none",outcome="finished"} 1',
    'trama_runs{status="queued"} 0',
    'trama_runs_held 0',
    'trama_leases_expired 0',
  ])
    expect(text).toContain(line)
  expect(text).toMatch(/trama_db_pool\{state="open"\} \d/)
  expect(text).toMatch(/trama_nodejs_eventloop_lag_seconds \d/)
  for (const id of [run.tenantId, run.workflowId, run.runId]) expect(text).not.toContain(id)
})

test('a request is counted by its route, not by its address', async () => {
  const metrics = createMetrics()
  const server = Fastify()
  watchRequests(server, { metrics, traces: null })
  server.get('/things/:id', async () => ({}))
  await server.inject('/things/a-private-id')
  await server.inject('/other/a-private-id')
  const text = await metrics.registry.metrics()
  expect(text).toContain('trama_http_seconds_count{method="GET",route="/things/:id",status="200"} 1')
  expect(text).toContain('trama_http_seconds_count{method="GET",route="none",status="404"} 1')
  expect(text).not.toContain('private')
})

test('the listener answers operators, and with a token nobody else', async () => {
  const { registry } = createMetrics()
  let ready = true
  const about = { registry, ready: async () => ({ ready, database: ready }) }
  const open = await adminListener(about)
  expect((await open.inject('/metrics')).body).toContain('trama_process_cpu_seconds_total')
  expect((await open.inject('/readyz')).statusCode).toBe(200)
  ready = false
  expect((await open.inject('/readyz')).statusCode).toBe(503)
  expect((await open.inject('/')).statusCode).toBe(404)
  const closed = await adminListener({ ...about, token: 'a token of sixteen' })
  for (const authorization of ['', 'Bearer', 'Bearer a token of sixteen!', 'Basic a token of sixteen'])
    expect((await closed.inject({ url: '/metrics', headers: { authorization } })).statusCode).toBe(401)
  const headers = { authorization: 'Bearer a token of sixteen' }
  expect((await closed.inject({ url: '/metrics', headers })).statusCode).toBe(200)
  expect((await closed.inject('/healthz')).statusCode).toBe(200)
})

test('without the standard variables there are no traces', async () => {
  expect(await startTraces({})).toBeNull()
  expect(
    await startTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' }),
  ).toBeNull()
})

test('spans of requests, accepts, runs and steps arrive at the collector', async () => {
  const collector = await serveFake((call) => {
    const isRight =
      call.method === 'POST' &&
      call.path === '/v1/traces' &&
      call.headers['content-type'] === 'application/x-protobuf'
    return { status: isRight ? 200 : 400 }
  })
  const before = { ...process.env }
  Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'trama-test' })
  try {
    const traces = await startTraces(process.env)
    if (!traces) throw new Error('No traces')
    const metrics = createMetrics()
    const run = await oneRun({ observe: both(traces.observe, metrics.observe) })
    const server = Fastify()
    watchRequests(server, { metrics, traces })
    server.get('/things/:id', async () => ({}))
    await server.inject('/things/a-private-id')
    await traces.stop()
    const sent = Buffer.concat(collector.calls.map(({ bytes }) => bytes)).toString('latin1')
    for (const text of [
      'run.accept',
      'run.drive',
      'step test.none',
      'GET /things/:id',
      'trama-test',
      run.runId,
    ])
      expect(sent).toContain(text)
    expect(sent).not.toContain('private')
  } finally {
    for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME'])
      if (before[name] === undefined) delete process.env[name]
    await collector.close()
  }
})

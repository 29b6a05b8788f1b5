import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { madeAtMs } from '#server/db/id.ts'
import type { Observe } from '#server/runtime/observe.ts'

const latency = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const long = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 86_400]

/** What this process counts. Labels are few and fixed: no id of a run, a workflow or a person. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'trama_' })
  const accepted = new Counter({
    name: 'trama_runs_accepted_total',
    help: 'Runs that were let in, by what started them',
    labelNames: ['started_by'],
    registers,
  })
  const acceptSeconds = new Histogram({
    name: 'trama_accept_seconds',
    help: 'From the wish to start a run to its commit',
    buckets: latency,
    registers,
  })
  const refused = new Counter({
    name: 'trama_runs_refused_total',
    help: 'Runs that were not let in: a limit, a suspension, an error',
    registers,
  })
  const waitSeconds = new Histogram({
    name: 'trama_queue_wait_seconds',
    help: 'From when a run was accepted to when a worker took it first',
    buckets: long,
    registers,
  })
  const held = new Gauge({ name: 'trama_runs_held', help: 'Runs in the hands of this process', registers })
  const taken = new Counter({
    name: 'trama_runs_taken_total',
    help: 'Runs a worker took: from the line, woken, or taken over from a worker that died',
    labelNames: ['reason'],
    registers,
  })
  const ended = new Counter({
    name: 'trama_runs_ended_total',
    help: 'Runs that ended, by how',
    labelNames: ['status'],
    registers,
  })
  const runSeconds = new Histogram({
    name: 'trama_run_seconds',
    help: 'From the start of a run to its end, waits included',
    labelNames: ['status'],
    buckets: long,
    registers,
  })
  const cost = new Counter({
    name: 'trama_model_cost_usd_total',
    help: 'What model calls of runs that ended cost, as far as known',
    registers,
  })
  const steps = new Counter({
    name: 'trama_steps_total',
    help: 'Attempts at steps, by the type of node and how they ended',
    labelNames: ['type', 'outcome'],
    registers,
  })
  const stepSeconds = new Histogram({
    name: 'trama_step_seconds',
    help: 'How long an attempt at a step took',
    labelNames: ['type'],
    buckets: long,
    registers,
  })
  const http = new Histogram({
    name: 'trama_http_seconds',
    help: 'Requests, by their route',
    labelNames: ['method', 'route', 'status'],
    buckets: latency,
    registers,
  })

  const observe: Observe = {
    async accepting(run, work) {
      const stop = acceptSeconds.startTimer()
      try {
        const result = await work()
        accepted.inc({ started_by: run.startedBy })
        stop()
        return result
      } catch (error) {
        refused.inc()
        throw error
      }
    },
    driving(run, begin) {
      taken.inc({ reason: run.reason })
      const waitedMs = run.startedAt.getTime() - madeAtMs(run.runId)
      // Whoever takes it first; a run that is claimed again started long ago.
      if (run.reason === 'queued' && waitedMs >= 0) waitSeconds.observe(waitedMs / 1_000)
      held.inc()
      const driven = begin()
      void driven.done.finally(() => held.dec())
      return driven
    },
    async attempting(step, work) {
      const stop = stepSeconds.startTimer({ type: step.type })
      let outcome = 'lost'
      try {
        const end = await work()
        outcome = end.type
        return end
      } finally {
        stop()
        steps.inc({ type: step.type, outcome })
      }
    },
    ended(_run, { status, tookMs, costUsd }) {
      ended.inc({ status })
      runSeconds.observe({ status }, tookMs / 1_000)
      if (costUsd > 0) cost.inc(costUsd)
    },
  }
  return {
    registry,
    observe,
    request: (about: { method: string; route: string; status: number; seconds: number }) =>
      http.observe({ method: about.method, route: about.route, status: about.status }, about.seconds),
  }
}

export type Metrics = ReturnType<typeof createMetrics>

import { expect, test } from 'vitest'
import { HeldRun } from './held-run.ts'
import type { Line } from './line.ts'

test('a run whose steps take no time waits for the journal before its events fill the memory', async () => {
  const lines: Line[] = []
  const held = new HeldRun({
    run: {
      ...{ tenantId: 't', runId: 'r', workflowId: 'w', version: 1, document: null, token: 1, depth: 0 },
      ...{ startedBy: 'manual', startedAt: new Date(), reason: 'queued', cancelReason: null, lastSeq: 0 },
      ...{ clockOffsetMs: 0, deadlineAt: null },
    },
    journal: {
      write: async (line) => void lines.push(line),
      soon: () => undefined,
      readClock: async () => undefined,
      clockOffsetMs: 0,
      idle: async () => undefined,
    },
    onLost: () => undefined,
  })
  held.append({ type: 'run.started', trigger: 'start', output: null })
  for (let at = 0; at < 1_001 && !held.isBehind; at++)
    held.append({ type: 'step.started', step: `each[${at}].a`, attempt: 1 })
  expect(held.isBehind).toBe(true)
  await held.durable()
  expect(held.isBehind).toBe(false)
  expect(lines.flatMap(({ events }) => events)).toHaveLength(held.events)
})

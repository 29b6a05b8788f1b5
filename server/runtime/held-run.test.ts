import { expect, test } from 'vitest'
import { stepState } from '#server/engine/state.ts'
import { HeldRun } from './held-run.ts'
import type { Line } from './line.ts'

function heldRun(lines: Line[] = []) {
  return new HeldRun({
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
}

test('a run whose steps take no time waits for the journal before its events fill the memory', async () => {
  const lines: Line[] = []
  const held = heldRun(lines)
  held.append({ type: 'run.started', trigger: 'start', output: null })
  for (let at = 0; at < 1_001 && !held.isBehind; at++)
    held.append({ type: 'step.started', step: `each[${at}].a`, attempt: 1 })
  expect(held.isBehind).toBe(true)
  await held.durable()
  expect(held.isBehind).toBe(false)
  expect(lines.flatMap(({ events }) => events)).toHaveLength(held.events)
})

test('a list that is too large to keep fails its step and says so, with its size', () => {
  const held = heldRun()
  held.append({ type: 'run.started', trigger: 'start', output: null })
  const items = Array.from({ length: 100_000 }, (_, id) => ({ id, text: 'x'.repeat(50) }))
  held.append({ type: 'step.opened', step: 'each', attempt: 1, items })
  expect(stepState(held.state, 'each')).toMatchObject({
    status: 'failed',
    failure: {
      code: 'list_too_large',
      message: expect.stringMatching(/^The list to repeat over has 7\.\d MB; it may have 4 MB\./),
    },
  })
})

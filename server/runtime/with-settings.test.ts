import { describe, expect, test } from 'vitest'
import type { WorkflowSettings } from '#nodes/graph/document.ts'
import { testDatabases } from '../test/databases.ts'
import { aRun, aRuntime, newLedger, sketch, testNodes } from './test-runtime.ts'
import { withSettings, withSettingsAnyway } from './with-settings.ts'

const { engine } = await testDatabases()

const aRunWith = (settings: WorkflowSettings, input: Parameters<typeof aRun>[1] = {}) =>
  aRun({ ...sketch([{ key: 'a', params: { value: 'hold' } }], ['start -> a']), settings }, input)

describe('what a workflow’s settings make of a run', () => {
  test.each([
    ['a text', { id: 'x' }, 'x'],
    ['a number', { id: 7 }, '7'],
    ['nothing', { id: null }, undefined],
    ['an empty text', { id: '' }, undefined],
  ])('its ordering key is %s', async (_, input, key) => {
    const run = await aRunWith({ orderingKey: { expr: 'trigger.id' } }, { input })
    expect((await withSettings(engine, run)).orderingKey).toBe(key)
  })

  test.each([
    ['an object', 'trigger', 'it gives a list or an object'],
    ['too long', '"ab".repeat(101)', 'it gives more than 200 characters'],
    ['what the database cannot keep', '"a\\u0000b"', 'it gives characters that cannot be kept'],
    ['of something that is not there', 'trigger.customer.id', 'customer'],
    ['of no language we know', 'trigger.(', 'cannot be computed'],
  ])(
    'a key that is %s is refused, naming the setting; without a caller the run starts',
    async (_, expr, why) => {
      const run = await aRunWith({ orderingKey: { expr } }, { input: {} })
      await expect(withSettings(engine, run)).rejects.toMatchObject({
        code: 'unprocessable',
        message: expect.stringContaining(why),
        details: { field: 'settings.orderingKey' },
      })
      expect(await withSettingsAnyway(engine, run)).toMatchObject({ orderingKey: '' })
    },
  )

  test('whoever starts it may give the key', async () => {
    const run = await aRunWith({ orderingKey: { expr: 'trigger.(' } }, { orderingKey: 'mine' })
    expect((await withSettings(engine, run)).orderingKey).toBe('mine')
  })

  test('its deadline is its own or its caller’s, the earlier one', async () => {
    const run = await aRunWith({ timeoutMinutes: 10 })
    const before = Date.now()
    const own = (await withSettings(engine, run)).deadlineAt?.getTime() ?? 0
    expect(own).toBeGreaterThanOrEqual(before + 600_000)
    expect(own).toBeLessThanOrEqual(Date.now() + 600_000)
    const soon = new Date(before + 1_000)
    const parent = { runId: crypto.randomUUID(), depth: 1, deadlineAt: soon }
    expect((await withSettings(engine, { ...run, parent })).deadlineAt).toEqual(soon)
    const far = { ...parent, deadlineAt: new Date(before + 3_600_000) }
    expect((await withSettings(engine, { ...run, parent: far })).deadlineAt?.getTime()).toBeLessThan(
      before + 700_000,
    )
  })

  test('without any a run stays as it is', async () => {
    const run = await aRunWith({})
    expect(await withSettings(engine, run)).toBe(run)
  })
})

test('runs with one key go one after another, in order; others go beside them', async () => {
  const runtime = await aRuntime({ find: testNodes(newLedger()), sweepMs: 60_000 })
  await runtime.start()
  try {
    const document = sketch([{ key: 'a', params: { value: { expr: 'trigger' } } }], ['start -> a'])
    const run = await aRun({ ...document, settings: { orderingKey: { expr: 'trigger.key' } } })
    const accepted = []
    for (let n = 0; n < 12; n++)
      accepted.push(await runtime.accept({ ...run, input: { key: n % 2 ? 'odd' : 'even', n } }))
    await Promise.all(
      accepted.map(({ runId }) => runtime.result({ tenantId: run.tenantId, runId, waitMs: 20_000 })),
    )
    const { rows } = await engine.query(
      `SELECT ordering_key AS key, status, started_at, finished_at, (input->>'n')::int AS n FROM run
       WHERE tenant_id = $1 ORDER BY started_at`,
      [run.tenantId],
    )
    expect(rows.map(({ status }) => status)).toEqual(rows.map(() => 'succeeded'))
    for (const key of ['odd', 'even']) {
      const own = rows.filter((row) => row.key === key)
      expect(own.map(({ n }) => n)).toEqual([...own.map(({ n }) => n)].sort((a, b) => a - b))
      for (const [at, { started_at: startedAt }] of own.entries())
        if (at > 0) expect(startedAt.getTime()).toBeGreaterThanOrEqual(own[at - 1].finished_at.getTime())
    }
  } finally {
    await runtime.stop()
  }
})

test('a run that its workflow calls again under the same key goes on inside of its turn', async () => {
  const run = await aRunWith({ orderingKey: { expr: '"one"' } })
  const { runId } = await insert(run.tenantId, run.workflowId)
  const parent = { runId, task: crypto.randomUUID(), depth: 1 }
  expect((await withSettings(engine, { ...run, parent })).orderingKey).toBeUndefined()
  const unawaited = { runId, depth: 1 }
  expect((await withSettings(engine, { ...run, parent: unawaited })).orderingKey).toBe('one')
})

async function insert(tenantId: string, workflowId: string): Promise<{ runId: string }> {
  const { rows } = await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, trigger_key, started_by, input, last_seq, ordering_key, status)
     VALUES ($1, gen_random_uuid(), $2, 1, 'start', 'manual', '{}', 1, 'one', 'waiting') RETURNING id`,
    [tenantId, workflowId],
  )
  return { runId: rows[0].id }
}

test('a run in line or waiting past its deadline ends as timed out', async () => {
  const runtime = await aRuntime({ find: testNodes(newLedger()) })
  await runtime.start()
  try {
    const run = await aRunWith({})
    const accepted = await runtime.accept({
      ...run,
      notBefore: new Date(Date.now() + 3_600_000),
      deadlineAt: new Date(Date.now() + 300),
    })
    const result = await runtime.result({ tenantId: run.tenantId, runId: accepted.runId, waitMs: 20_000 })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'run_timed_out' } })
  } finally {
    await runtime.stop()
  }
})

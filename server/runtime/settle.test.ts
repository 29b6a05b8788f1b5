import { describe, expect, test } from 'vitest'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { newId } from '../db/id.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import type { Bus } from './bus.ts'
import { silent } from './log.ts'
import { createSettling } from './settle.ts'
import { raiseOverdue } from './settle-alerts.ts'
import { countUsage, monthCostUsd } from './settle-usage.ts'

const { owner, engine } = await testDatabases()

const deaf: Bus = {
  publish: () => {},
  subscribe: () => () => {},
  healthy: () => true,
  start: async () => {},
  close: async () => {},
}

/** A settler of its own, as each process has one. */
const settler = () => createSettling({ pool: engine, bus: deaf, wake: async () => {}, log: silent })
const settle = async () => {
  for (const one of [settler(), settler()]) {
    await one.round()
    await one.stop()
  }
}

const plain = WorkflowDocument.parse({
  nodes: [{ key: 'start', type: 'trigger.manual', version: 1 }],
  edges: [],
})
const onErrors = (workflows: string[] = []) =>
  WorkflowDocument.parse({
    nodes: [{ key: 'failed', type: 'trigger.error', version: 1, params: { workflows } }],
    edges: [],
  })

async function published(tenantId: string, document = plain) {
  return aWorkflow({ tenantId, document, publish: true })
}

/** A run that ended, and nothing has followed from it yet. */
async function anEnd(
  workflow: { tenantId: string; id: string },
  about: {
    status?: string
    startedBy?: string
    parent?: string
    version?: number | null
    cost?: number
  } = {},
): Promise<string> {
  const id = newId()
  const { status = 'failed', startedBy = 'webhook', parent = null, version = 1, cost = 0 } = about
  const failure =
    status === 'failed'
      ? { code: 'http_error', message: 'It answered 500', step: 'call', retryable: true }
      : null
  await owner.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, document, status, started_by, trigger_key, input, failure, last_seq,
       finished_at, parent_run_id, cost_usd, started_at)
     VALUES ($1, $2, $3, $4, $9, $5, $6, 'start', '{}', $7, 1, now(), $8, $10, now())`,
    [
      ...[
        workflow.tenantId,
        id,
        workflow.id,
        version,
        status,
        startedBy,
        failure && JSON.stringify(failure),
        parent,
      ],
      ...[version === null ? JSON.stringify(plain) : null, cost],
    ],
  )
  return id
}

async function startedFor(tenantId: string, startedBy = 'error') {
  const { rows } = await engine.query(
    'SELECT workflow_id, input, parent_run_id FROM run WHERE tenant_id = $1 AND started_by = $2 AND finished_at IS NULL',
    [tenantId, startedBy],
  )
  return rows
}

async function aRule(tenantId: string, columns: Record<string, unknown> = {}) {
  const id = newId()
  const row = {
    kind: 'failure',
    settings: {},
    channel: 'email',
    target: { to: ['a@example.com'] },
    ...columns,
  }
  const names = Object.keys(row)
  await owner.query(
    `INSERT INTO alert_rule (tenant_id, id, name, updated_at, ${names})
     VALUES ($1, $2, 'Rule', now(), ${names.map((_, at) => `$${at + 3}`)})`,
    [tenantId, id, ...Object.values(row)],
  )
  return id
}

async function alertsOf(tenantId: string) {
  const { rows } = await engine.query('SELECT rule_id, summary, detail FROM alert WHERE tenant_id = $1', [
    tenantId,
  ])
  return rows
}

describe('error workflows', () => {
  test('hear of a failure once, however many processes settle it', async () => {
    const { tenant } = await aTenant()
    const hearing = await published(tenant.id, onErrors())
    const workflow = await published(tenant.id)
    const runId = await anEnd(workflow)
    await settle()
    expect(await startedFor(tenant.id)).toEqual([
      {
        workflow_id: hearing.id,
        parent_run_id: runId,
        input: {
          workflow: { id: workflow.id, name: expect.any(String) },
          run: { id: runId, startedBy: 'webhook' },
          failure: { code: 'http_error', message: 'It answered 500', step: 'call' },
        },
      },
    ])
  })

  test('hear of the workflows they name only, and never of success, cancels, drafts or themselves', async () => {
    const { tenant } = await aTenant()
    const named = await published(tenant.id)
    const other = await published(tenant.id)
    const hearing = await published(tenant.id, onErrors([named.id]))
    await anEnd(other)
    await anEnd(named, { status: 'succeeded' })
    await anEnd(named, { status: 'cancelled' })
    await anEnd(named, { version: null })
    await anEnd(hearing)
    await settle()
    expect(await startedFor(tenant.id)).toEqual([])
    await anEnd(named)
    await settle()
    expect(await startedFor(tenant.id)).toHaveLength(1)
  })

  test('that fail, or whose called workflows fail, start none', async () => {
    const { tenant } = await aTenant()
    await published(tenant.id, onErrors())
    const workflow = await published(tenant.id)
    const first = await anEnd(workflow, { startedBy: 'error' })
    const called = await anEnd(workflow, { startedBy: 'call', parent: first })
    await anEnd(workflow, { startedBy: 'manual', parent: called })
    await settle()
    expect(await startedFor(tenant.id)).toEqual([])
  })

  test('of another tenant hear nothing', async () => {
    const { tenant } = await aTenant()
    const stranger = await aTenant()
    await published(stranger.tenant.id, onErrors())
    await anEnd(await published(tenant.id))
    await settle()
    expect(await startedFor(stranger.tenant.id)).toEqual([])
  })
})

describe('alerts', () => {
  test('on failure are raised once, and then quiet', async () => {
    const { tenant } = await aTenant()
    const workflow = await published(tenant.id)
    const rule = await aRule(tenant.id)
    await aRule(tenant.id, { workflow_id: (await published(tenant.id)).id })
    await aRule(tenant.id, { enabled: false })
    await Promise.all([anEnd(workflow), anEnd(workflow)])
    await settle()
    const alerts = await alertsOf(tenant.id)
    expect(alerts).toHaveLength(1)
    expect(alerts[0]).toMatchObject({
      rule_id: rule,
      summary: expect.stringContaining('at call: It answered 500'),
    })
    await owner.query(`UPDATE alert_rule SET last_raised_at = now() - interval '16 minutes' WHERE id = $1`, [
      rule,
    ])
    await anEnd(workflow)
    await settle()
    expect(await alertsOf(tenant.id)).toHaveLength(2)
  })

  test('on the rate of failure are raised when enough of enough runs fail', async () => {
    const { tenant } = await aTenant()
    const workflow = await published(tenant.id)
    await aRule(tenant.id, { kind: 'failure_rate', settings: { percent: 50, minutes: 10, least: 4 } })
    await anEnd(workflow)
    await anEnd(workflow, { status: 'succeeded' })
    await anEnd(workflow, { status: 'succeeded' })
    await settle()
    expect(await alertsOf(tenant.id)).toEqual([])
    await anEnd(workflow)
    await settle()
    expect(await alertsOf(tenant.id)).toMatchObject([
      { summary: '2 of 4 runs failed in the last 10 minutes' },
    ])
  })

  test('on a schedule are raised when its time has passed and nothing ran', async () => {
    const { tenant } = await aTenant()
    const workflow = await published(tenant.id)
    await aRule(tenant.id, { kind: 'missed_schedule' })
    await owner.query(
      `INSERT INTO schedule (tenant_id, id, workflow_id, version, node_key, cron, zone, next_at)
       VALUES ($1, $2, $3, 1, 'nightly', '0 3 * * *', 'UTC', now() - interval '10 minutes')`,
      [tenant.id, newId(), workflow.id],
    )
    await Promise.all([raiseOverdue(engine), raiseOverdue(engine)])
    expect(await alertsOf(tenant.id)).toMatchObject([{ summary: expect.stringContaining('did not run at') }])
    await owner.query('DELETE FROM schedule WHERE tenant_id = $1', [tenant.id])
  })
})

test('a run that cannot be settled now does not keep the others from it', async () => {
  const { tenant } = await aTenant()
  await aRule(tenant.id)
  const workflow = await published(tenant.id)
  const broken = await anEnd(workflow)
  await owner.query('UPDATE run SET parent_task_id = $2 WHERE id = $1', [broken, newId()])
  await anEnd(workflow)
  await settle()
  expect(await alertsOf(tenant.id)).toHaveLength(1)
})

test('usage counts every run that ended once, and keeps what it counted when runs are deleted', async () => {
  const { tenant } = await aTenant()
  const workflow = await published(tenant.id)
  await anEnd(workflow, { status: 'succeeded', cost: 0.25 })
  await anEnd(workflow, { cost: 0.5 })
  expect(await monthCostUsd(engine, tenant.id)).toBe(0.75)
  const read = async () => {
    const { rows } = await engine.query(
      'SELECT runs, succeeded, failed, cost_usd::float8 AS cost FROM usage_day WHERE tenant_id = $1',
      [tenant.id],
    )
    return rows
  }
  await new Promise((resolve) => setTimeout(resolve, 5))
  await Promise.all([countUsage(engine, { lateMs: 0 }), countUsage(engine, { lateMs: 0 })])
  await countUsage(engine, { lateMs: 0 })
  expect(await read()).toEqual([{ runs: 2, succeeded: 1, failed: 1, cost: 0.75 }])
  await owner.query('DELETE FROM run WHERE tenant_id = $1', [tenant.id])
  await countUsage(engine, { lateMs: 0 })
  expect(await read()).toEqual([{ runs: 2, succeeded: 1, failed: 1, cost: 0.75 }])
  expect(await monthCostUsd(engine, tenant.id)).toBe(0.75)
})

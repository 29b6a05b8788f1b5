import type pg from 'pg'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { ExpressionError } from '#nodes/graph/expression/errors.ts'
import { evaluateParsed } from '#nodes/graph/expression/evaluate.ts'
import { type Expression, parse } from '#nodes/graph/expression/parse.ts'
import type { Json } from '#nodes/kit/json.ts'
import { AppError } from '#server/errors.ts'
import { asTenant } from './as-tenant.ts'
import type { NewRun } from './new-run.ts'

/** How long an ordering key may be, in characters. */
const MOST_LONG = 200
const MOST_KEPT = 5_000

interface Known {
  timeoutMs: number | undefined
  /** A text that says what is wrong where it cannot be read. */
  orderingKey: Expression | string | undefined
}

const none: Known = { timeoutMs: undefined, orderingKey: undefined }
const kept = new WeakMap<pg.Pool, Map<string, Promise<Known>>>()

/**
 * A run with what its workflow's settings make of it: its deadline, and the ordering key that is computed from what
 * starts it, unless whoever starts it gave one. Throws what is wrong with the key.
 */
export async function withSettings(pool: pg.Pool, run: NewRun): Promise<NewRun> {
  const { timeoutMs, orderingKey } = await settingsOf(pool, run)
  const deadlineAt = earlier(timeoutMs, run.parent?.deadlineAt)
  const key = run.orderingKey ?? (orderingKey === undefined ? undefined : keyOf(orderingKey, run.input))
  if (deadlineAt === undefined && key === undefined) return run
  const isInTurn = key !== undefined && !(await isInside(pool, { ...run, orderingKey: key }))
  return { ...run, deadlineAt, orderingKey: isInTurn ? key : undefined }
}

/**
 * The same for runs that nobody waits for to be started: one whose key cannot be computed starts nevertheless. All of
 * those are in order among themselves.
 */
export async function withSettingsAnyway(pool: pg.Pool, run: NewRun): Promise<NewRun> {
  try {
    return await withSettings(pool, run)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...run, orderingKey: '' }
  }
}

function earlier(timeoutMs: number | undefined, parents: Date | null | undefined): Date | undefined {
  if (timeoutMs === undefined) return parents ?? undefined
  const own = new Date(Date.now() + timeoutMs)
  return parents && parents < own ? parents : own
}

function keyOf(expression: Expression | string, trigger: Json): string | undefined {
  const value = computed(expression, trigger)
  if (value === null || value === '') return undefined
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw wrong('it gives a list or an object; a text or a number is needed')
  const key = String(value)
  if (/\p{Cs}/u.test(key) || key.includes('\0')) throw wrong('it gives characters that cannot be kept')
  if (key.length > MOST_LONG) throw wrong(`it gives more than ${MOST_LONG} characters`)
  return key
}

function computed(expression: Expression | string, trigger: Json): Json {
  if (typeof expression === 'string') throw wrong(expression)
  try {
    return evaluateParsed(expression, { trigger })
  } catch (error) {
    throw error instanceof ExpressionError ? wrong(error.message) : error
  }
}

const wrong = (why: string) =>
  new AppError('unprocessable', `The workflow's ordering key cannot be computed: ${why}`, {
    field: 'settings.orderingKey',
  })

/** The settings of a published version never change; a draft's run brings its own. */
function settingsOf(pool: pg.Pool, run: NewRun): Known | Promise<Known> {
  if (run.document) return read(run.document)
  const known = kept.get(pool) ?? new Map<string, Promise<Known>>()
  kept.set(pool, known)
  const name = `${run.tenantId} ${run.workflowId} ${run.version}`
  const before = known.get(name)
  if (before) return before
  const settings = load(pool, run)
  // What failed is asked again.
  settings.catch(() => known.delete(name))
  if (known.size >= MOST_KEPT) known.clear()
  known.set(name, settings)
  return settings
}

async function load(pool: pg.Pool, { tenantId, workflowId, version }: NewRun): Promise<Known> {
  const { rows } = await asTenant(pool, tenantId, (db) =>
    db.query<{ settings: unknown }>(
      `SELECT document->'settings' AS settings FROM workflow_version
       WHERE tenant_id = $1 AND workflow_id = $2 AND number = $3`,
      [tenantId, workflowId, version],
    ),
  )
  const settings = rows[0]?.settings
  return settings ? read(WorkflowDocument.pick({ settings: true }).parse({ settings })) : none
}

function read({ settings = {} }: Pick<WorkflowDocument, 'settings'>): Known {
  const { timeoutMinutes, orderingKey } = settings
  return {
    timeoutMs: timeoutMinutes === undefined ? undefined : timeoutMinutes * 60_000,
    orderingKey: orderingKey && parsed(orderingKey.expr),
  }
}

function parsed(source: string): Expression | string {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof ExpressionError) return error.message
    throw error
  }
}

/** A run that one with its key waits for has its turn inside of that one's: else both would wait for ever. */
async function isInside(pool: pg.Pool, run: NewRun): Promise<boolean> {
  if (run.parent?.task === undefined) return false
  const { rowCount } = await pool.query(
    `WITH RECURSIVE callers AS (
       SELECT id, workflow_id, ordering_key, parent_run_id, parent_task_id FROM run WHERE tenant_id = $1 AND id = $2
       UNION ALL
       SELECT r.id, r.workflow_id, r.ordering_key, r.parent_run_id, r.parent_task_id
       FROM callers c JOIN run r ON r.tenant_id = $1 AND r.id = c.parent_run_id WHERE c.parent_task_id IS NOT NULL
     )
     SELECT FROM callers WHERE workflow_id = $3 AND ordering_key = $4 LIMIT 1`,
    [run.tenantId, run.parent.runId, run.workflowId, run.orderingKey],
  )
  return rowCount === 1
}

import { beforeEach, describe, expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { claimNext } from './claim-next.ts'

const { owner, engine } = await testDatabases()
const worker = crypto.randomUUID()

interface Line {
  tenantId: string
  workflowId: string
}

/** A tenant with a workflow, and its own limits. */
async function aLine(columns: Record<string, unknown> = {}): Promise<Line> {
  const { tenant } = await aTenant()
  const { id } = await aWorkflow({ tenantId: tenant.id, publish: true })
  const all = { weight: 1, ...columns }
  const names = Object.keys(all)
  await owner.query(
    `INSERT INTO tenant_limit (tenant_id, updated_at, ${names})
     VALUES ($1, now(), ${names.map((_, at) => `$${at + 2}`)})`,
    [tenant.id, ...Object.values(all)],
  )
  return { tenantId: tenant.id, workflowId: id }
}

/** Runs in line, the oldest first. */
async function queued(
  line: Line,
  count: number,
  { key = null, columns = '', values = '' }: { key?: string | null; columns?: string; values?: string } = {},
): Promise<string[]> {
  const { rows } = await engine.query(
    `INSERT INTO run (tenant_id, id, workflow_id, version, trigger_key, started_by, input, last_seq, ordering_key, created_at ${columns})
     SELECT $1, gen_random_uuid(), $2, 1, 'start', 'manual', '{}', 1, $4, now() + n * interval '1 ms' ${values}
     FROM generate_series(1, $3::int) n RETURNING id`,
    [line.tenantId, line.workflowId, count, key],
  )
  return rows.map(({ id }) => id)
}

const take = (places: number, freed: string[] = []) => claimNext(engine, { worker, places, freed })
const ids = (claim: { runs: { runId: string }[] }) => claim.runs.map(({ runId }) => runId)
const end = (...runs: string[]) =>
  engine.query(
    `UPDATE run SET status = 'succeeded', finished_at = now(), lease_until = NULL, lease_owner = NULL WHERE id = ANY ($1)`,
    [runs],
  )
/** As if a moment had passed: tenants that wait for room are looked at again. */
const later = () => owner.query('UPDATE tenant_turn SET look_at = NULL')

/** Starts as many runs as asked for, each ending at once; how many each tenant had. */
async function shares(places: number, rounds: number): Promise<Map<string, number>> {
  const had = new Map<string, number>()
  for (let round = 0; round < rounds; round++) {
    const { runs } = await take(places)
    for (const { tenantId } of runs) had.set(tenantId, (had.get(tenantId) ?? 0) + 1)
    await end(...runs.map(({ runId }) => runId))
    await later()
  }
  return had
}

beforeEach(async () => {
  await owner.query(
    `UPDATE run SET status = 'cancelled', finished_at = now(), lease_until = NULL WHERE finished_at IS NULL`,
  )
  await owner.query('UPDATE tenant_turn SET in_line = false, look_at = NULL')
})

describe('what a claim gives', () => {
  test('the oldest first, no more than there are places, each once, with a token of its own', async () => {
    const line = await aLine()
    const runs = await queued(line, 5)
    const first = await take(3)
    expect(ids(first).sort()).toEqual(runs.slice(0, 3).sort())
    expect(first.runs[0]).toMatchObject({
      tenantId: line.tenantId,
      workflowId: line.workflowId,
      version: 1,
      token: 1,
      reason: 'queued',
      startedBy: 'manual',
      lastSeq: 1,
      cancelReason: null,
      deadlineAt: null,
      isAwaited: false,
      isOrdered: false,
    })
    expect(ids(await take(3)).sort()).toEqual(runs.slice(3).sort())
    expect(await take(3)).toEqual({ runs: [], waiting: [] })
  })

  test('nothing is taken twice, however many claim at once, and no limit is exceeded by one', async () => {
    const line = await aLine({ concurrent_runs: 7 })
    await queued(line, 40)
    const other = await aLine()
    const others = await queued(other, 3)
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claimNext(engine, { worker: crypto.randomUUID(), places: 4 })),
    )
    const taken = claims.flatMap(({ runs }) => runs)
    expect(new Set(taken.map(({ runId }) => runId)).size).toBe(taken.length)
    expect(taken.filter(({ tenantId }) => tenantId === line.tenantId)).toHaveLength(7)
    expect(taken.map(({ runId }) => runId)).toEqual(expect.arrayContaining(others))
  })

  test('what a dead worker held first, then what was waited for, then the line; each says which it was', async () => {
    const line = await aLine()
    const [fresh = ''] = await queued(line, 1)
    const [woken = ''] = await queued(line, 1, {
      columns: ', status, wake_at',
      values: `, 'waiting', now() - interval '1 s'`,
    })
    const [dead = ''] = await queued(line, 1, {
      columns: ', status, lease_owner, lease_token, lease_until',
      values: `, 'running', 'dead', 4, now() - interval '1 s'`,
    })
    const claims = [await take(1), await take(1), await take(1)].flatMap(({ runs }) => runs)
    expect(claims.map(({ runId, reason, token }) => ({ runId, reason, token }))).toEqual([
      { runId: dead, reason: 'takeover', token: 5 },
      { runId: woken, reason: 'woken', token: 1 },
      { runId: fresh, reason: 'queued', token: 1 },
    ])
    const { rows } = await engine.query('SELECT crash_count FROM run WHERE id = $1', [dead])
    expect(rows[0].crash_count).toBe(1)
  })

  test('not what the worker itself holds, though its lease ran out while the database was away', async () => {
    const line = await aLine()
    const [own = ''] = await queued(line, 1, {
      columns: ', status, lease_owner, lease_token, lease_until',
      values: `, 'running', 'me', 4, now() - interval '1 s'`,
    })
    // As the sweep does.
    await owner.query('SELECT line_up($1)', [line.tenantId])
    const mine = await claimNext(engine, { worker: 'me', places: 5 })
    expect(mine.runs).toEqual([])
    await later()
    const theirs = await claimNext(engine, { worker: 'somebody', places: 5 })
    expect(theirs.runs.map(({ runId, reason }) => ({ runId, reason }))).toEqual([
      { runId: own, reason: 'takeover' },
    ])
  })

  test('not what knows that it is to end and waits, until its time has come', async () => {
    const line = await aLine()
    const columns = ', status, cancel_reason, deadline_at, wake_at'
    const undoing = (cancel: string, deadline: string, wake: string) =>
      queued(line, 1, { columns, values: `, 'waiting', ${cancel}, ${deadline}, now() + interval '${wake}'` })
    await undoing(`'user'`, 'NULL', '1 hour')
    await undoing('NULL', `now() - interval '1 s'`, '1 hour')
    await owner.query('SELECT line_up($1)', [line.tenantId])
    expect(ids(await take(9))).toEqual([])
    const due = [
      ...(await undoing(`'user'`, 'NULL', '-1 s')),
      ...(await undoing('NULL', `now() - interval '1 s'`, '-1 s')),
    ]
    await later()
    expect(ids(await take(9)).sort()).toEqual(due.sort())
  })

  test('all that can be read, beside a draft that cannot', async () => {
    const line = await aLine()
    const [draft = '', other = ''] = await queued(line, 2)
    // One that was kept by another release.
    const db = await owner.connect()
    await db.query('SET session_replication_role = replica')
    await db.query(`UPDATE run SET version = NULL, document = '{"format": 0}' WHERE id = $1`, [draft])
    db.release(true)
    const { runs } = await take(5)
    expect(new Map(runs.map(({ runId, document }) => [runId, document]))).toEqual(
      new Map([
        [draft, null],
        [other, null],
      ]),
    )
  })

  test('nothing that is not due, is held, or has ended', async () => {
    const line = await aLine()
    await queued(line, 1, { columns: ', wake_at', values: `, now() + interval '1 hour'` })
    await queued(line, 1, {
      columns: ', status, lease_owner, lease_until',
      values: `, 'running', 'alive', now() + interval '1 hour'`,
    })
    const [ended = ''] = await queued(line, 1)
    await end(ended)
    expect(await take(5)).toEqual({ runs: [], waiting: [] })
  })
})

describe('limits and pauses', () => {
  test('a tenant at its limit is named, and goes on when one of its runs ends', async () => {
    const line = await aLine({ concurrent_runs: 1 })
    const [first = '', second = ''] = await queued(line, 2)
    const claim = await take(5)
    expect(ids(claim)).toEqual([first])
    expect(claim.waiting).toEqual([line.tenantId])
    await end(first)
    await owner.query(`UPDATE tenant_turn SET look_at = now() + interval '1 hour'`)
    expect(await take(5)).toEqual({ runs: [], waiting: [line.tenantId] })
    expect(ids(await take(5, [line.tenantId]))).toEqual([second])
  })

  test.each([
    ['the tenant is paused', 'UPDATE tenant_limit SET paused_at = $2::timestamptz WHERE tenant_id = $1'],
    [
      'the tenant is suspended',
      'UPDATE tenant_limit SET suspended_at = $2::timestamptz WHERE tenant_id = $1',
    ],
    ['the workflow is paused', 'UPDATE workflow SET paused_at = $2::timestamptz WHERE tenant_id = $1'],
    [
      'the installation is paused',
      'UPDATE installation SET paused_at = $2::timestamptz WHERE $1::text IS NOT NULL',
    ],
  ])('nothing begins while %s; what was in line goes on afterwards', async (_, pause) => {
    const line = await aLine()
    const [fresh = ''] = await queued(line, 1)
    const [woken = ''] = await queued(line, 1, {
      columns: ', status, wake_at',
      values: `, 'waiting', now() - interval '1 s'`,
    })
    await owner.query(pause, [line.tenantId, new Date()])
    expect(await take(5)).toEqual({ runs: [], waiting: [line.tenantId] })
    await owner.query(pause, [line.tenantId, null])
    await later()
    expect(ids(await take(5)).sort()).toEqual([fresh, woken].sort())
  })

  test('of a paused workflow nothing begins, of the tenant’s others everything', async () => {
    const line = await aLine()
    await queued(line, 20)
    await owner.query('UPDATE workflow SET paused_at = now() WHERE id = $1', [line.workflowId])
    const other = await aWorkflow({ tenantId: line.tenantId, publish: true })
    const [going] = await queued({ tenantId: line.tenantId, workflowId: other.id }, 1)
    expect(ids(await take(5))).toEqual([going])
  })

  test('what is to end needs no room: it is cancelled, or past its deadline', async () => {
    const line = await aLine({ concurrent_runs: 0 })
    const [cancelled = '', late = ''] = await queued(line, 3)
    expect((await take(5)).runs).toEqual([])
    await engine.query(`UPDATE run SET cancel_reason = 'x' WHERE id = $1`, [cancelled])
    await engine.query(`UPDATE run SET deadline_at = now() - interval '1 s' WHERE id = $1`, [late])
    await later()
    const { runs } = await take(5)
    expect(runs.map(({ runId }) => runId).sort()).toEqual([cancelled, late].sort())
    expect(runs.find(({ runId }) => runId === late)?.deadlineAt).toBeInstanceOf(Date)
  })

  test('tenants that may not begin anything do not keep a worker from those that may', async () => {
    for (let index = 0; index < 12; index++) await queued(await aLine({ concurrent_runs: 0 }), 1)
    const line = await aLine()
    const [run] = await queued(line, 1)
    expect(ids(await take(1))).toEqual([run])
  })
})

describe('turns', () => {
  test('shares follow the weights', async () => {
    const lines = [await aLine({ weight: 1 }), await aLine({ weight: 2 }), await aLine({ weight: 5 })]
    for (const line of lines) await queued(line, 300)
    const had = await shares(7, 40)
    expect(lines.map(({ tenantId }) => had.get(tenantId) ?? 0)).toEqual([
      expect.closeTo(35, -0.7),
      expect.closeTo(70, -0.7),
      expect.closeTo(175, -0.7),
    ])
  })

  test('the next run of a tenant goes before the line of another, and idling saves up nothing', async () => {
    const busy = await aLine()
    await queued(busy, 200)
    const idle = await aLine()
    await shares(10, 10)
    const runs = await queued(idle, 60)
    expect(ids(await take(1))).toEqual([runs[0]])
    const had = await shares(10, 6)
    expect(had.get(idle.tenantId)).toBeGreaterThanOrEqual(29)
    expect(had.get(idle.tenantId)).toBeLessThanOrEqual(31)
  })

  test('waiting at its limit saves up nothing either', async () => {
    const small = await aLine({ concurrent_runs: 0 })
    const other = await aLine()
    await queued(small, 100)
    await queued(other, 200)
    await shares(10, 10)
    await owner.query('UPDATE tenant_limit SET concurrent_runs = 50 WHERE tenant_id = $1', [small.tenantId])
    await later()
    const had = await shares(10, 4)
    expect(had.get(other.tenantId)).toBeGreaterThanOrEqual(14)
  })

  test('with an empty line nobody is ahead', async () => {
    const [one, two] = [await aLine(), await aLine()]
    await queued(one, 30)
    await shares(10, 4)
    await queued(two, 30)
    await queued(one, 30)
    const had = await shares(10, 3)
    expect([had.get(one.tenantId), had.get(two.tenantId)]).toEqual([15, 15])
  })
})

describe('ordering keys', () => {
  test('of one key one run at a time, in the order they came; other keys and none are free', async () => {
    const line = await aLine()
    const a = await queued(line, 4, { key: 'a' })
    const [b = ''] = await queued(line, 1, { key: 'b' })
    const [free = ''] = await queued(line, 1)
    expect(ids(await take(10)).sort()).toEqual([a[0], b, free].sort())
    for (const [index, run] of a.entries()) {
      await later()
      expect(ids(await take(10))).toEqual(index === 0 ? [] : [run])
      await end(run)
    }
  })

  test('the same key of another workflow is another key', async () => {
    const line = await aLine()
    const other = await aWorkflow({ tenantId: line.tenantId, publish: true })
    const [one = ''] = await queued(line, 1, { key: 'a' })
    const [two = ''] = await queued({ tenantId: line.tenantId, workflowId: other.id }, 1, { key: 'a' })
    expect(ids(await take(10)).sort()).toEqual([one, two].sort())
  })

  test('one that waits, was let go or is taken over keeps its place before the others', async () => {
    const line = await aLine()
    const [first = '', second = ''] = await queued(line, 2, { key: 'a' })
    expect(ids(await take(10))).toEqual([first])
    await engine.query(
      `UPDATE run SET status = 'waiting', lease_owner = NULL, lease_until = NULL, wake_at = now() + interval '1 hour' WHERE id = $1`,
      [first],
    )
    await later()
    expect(ids(await take(10))).toEqual([])
    await engine.query('UPDATE run SET wake_at = now() WHERE id = $1', [first])
    expect(ids(await take(10))).toEqual([first])
    await engine.query(
      `UPDATE run SET status = 'queued', lease_owner = NULL, lease_until = NULL WHERE id = $1`,
      [first],
    )
    expect(ids(await take(10))).toEqual([first])
    await end(first)
    expect(ids(await take(10))).toEqual([second])
  })

  test('never two of a key, also when none was known to be behind another', async () => {
    const line = await aLine()
    const runs = await queued(line, 6, { key: 'a' })
    await owner.query('UPDATE run SET behind = false WHERE tenant_id = $1', [line.tenantId])
    const claims = await Promise.all([take(10), take(10), take(10)])
    expect(claims.flatMap(ids)).toEqual([runs[0]])
    await end(runs[0] ?? '')
    await later()
    expect(ids(await take(10))).toEqual([runs[1]])
  })

  test('who writes of one in line at this moment is not waited for', async () => {
    const line = await aLine({ concurrent_runs: 1 })
    const [first = ''] = await queued(line, 1, { key: 'a' })
    const [second = ''] = await queued(line, 1, { key: 'a' })
    // As if each had not seen the other.
    await engine.query('UPDATE run SET behind = false WHERE id = $1', [second])
    const db = await owner.connect()
    await db.query('BEGIN')
    await db.query('SELECT FROM run WHERE id = $1 FOR SHARE', [second])
    try {
      expect(ids(await take(5))).toEqual([first])
    } finally {
      await db.query('ROLLBACK')
      db.release()
    }
  })

  test('one behind another may be cancelled, and the next goes on', async () => {
    const line = await aLine()
    const [first = '', second = '', third = ''] = await queued(line, 3, { key: 'a' })
    await take(10)
    await engine.query(`UPDATE run SET cancel_reason = 'x' WHERE id = $1`, [second])
    expect(ids(await take(10))).toEqual([second])
    await end(second)
    await end(first)
    expect(ids(await take(10))).toEqual([third])
  })
})

test('a claim is cheap beside a long line of one tenant, of one key and of a paused workflow', async () => {
  await queued(await aLine(), 10_000)
  await queued(await aLine(), 2_000, { key: 'a' })
  const paused = await aLine()
  await queued(paused, 2_000)
  await owner.query('UPDATE workflow SET paused_at = now() WHERE id = $1', [paused.workflowId])
  const [run] = await queued(await aLine(), 1)
  expect(ids(await take(1))).toEqual([run])
  // The paused one was met, and is not looked at again for a while.
  await take(10)
  expect(await pagesRead(10)).toBeLessThan(1_000)
})

/** How many pages the database looks at for a claim. */
async function pagesRead(places: number): Promise<number> {
  const { rows } = await engine.query(
    'EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT * FROM claim_runs($1, $2, 10000, $3)',
    [worker, places, []],
  )
  const [{ Plan: plan }] = rows[0]['QUERY PLAN']
  return plan['Shared Hit Blocks'] + plan['Shared Read Blocks']
}

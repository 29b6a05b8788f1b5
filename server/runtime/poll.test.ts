import { afterEach, expect, test } from 'vitest'
import type { AnyNode, PollContext, Polled } from '#nodes/kit/define-node.ts'
import { fail } from '#nodes/kit/failure.ts'
import { defineTrigger, Json, z } from '#nodes/kit/index.ts'
import { newId } from '../db/id.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { silent } from './log.ts'
import type { RunRef } from './new-run.ts'
import { createPolls } from './poll-rounds.ts'
import { aDoor } from './test-connection.ts'
import { sketch } from './test-runtime.ts'

let answer: (ctx: PollContext<unknown>) => Promise<Polled> | Polled
const trigger = defineTrigger({
  id: 'test.poll',
  version: 1,
  title: 'Test',
  summary: 'Finds what the test says.',
  group: 'trigger',
  icon: 'flask-conical',
  starts: 'poll',
  params: z.object({ everyMinutes: z.number().default(5) }),
  output: Json,
  poll: async (ctx) => answer(ctx),
  examples: [],
})
const find = (type: string): AnyNode | undefined => (type === trigger.id ? trigger : undefined)

const open: { stop(): Promise<void> }[] = []
afterEach(() => Promise.all(open.splice(0).map((one) => one.stop())))

async function aPoll() {
  const { owner } = await testDatabases()
  await owner.query('DELETE FROM poll')
  const { tenant } = await aTenant()
  const document = sketch([{ key: 'watch', type: trigger.id }], [])
  const workflow = await aWorkflow({ tenantId: tenant.id, document, publish: true })
  await owner.query(
    `INSERT INTO poll (tenant_id, id, workflow_id, version, node_key, every_ms, next_at) VALUES ($1, $2, $3, 1, 'watch', 60000, now() - interval '1 second')`,
    [tenant.id, newId(), workflow.id],
  )
  const read = async (text: string) => (await owner.query(text, [tenant.id])).rows
  return {
    row: async () => (await read('SELECT *, next_at - now() AS pause FROM poll WHERE tenant_id = $1'))[0],
    runs: () =>
      read(
        'SELECT input, dedupe_key, started_by, trigger_key FROM run WHERE tenant_id = $1 ORDER BY dedupe_key',
      ),
    due: () =>
      owner.query(`UPDATE poll SET next_at = now() - interval '1 second' WHERE tenant_id = $1`, [tenant.id]),
    remove: () => owner.query('DELETE FROM poll WHERE tenant_id = $1', [tenant.id]),
    tenantId: tenant.id,
  }
}

async function aScheduler() {
  const { engine } = await testDatabases()
  const woken: RunRef[] = []
  const wake = async (runs: readonly RunRef[]) => void woken.push(...runs)
  const polls = createPolls({ pool: engine, door: await aDoor(), find, log: silent, wake })
  open.push(polls)
  return { ...polls, woken, once: async () => polls.round().then(polls.idle) }
}

test('what is found starts runs, once, and the cursor goes on with it', async () => {
  const poll = await aPoll()
  const scheduler = await aScheduler()
  const cursors: Json[] = []
  answer = ({ cursor }) => {
    cursors.push(cursor)
    return {
      cursor: { at: cursors.length },
      found: [
        { key: 'a', output: 1 },
        { key: 'b', output: { c: 2 } },
      ],
    }
  }
  await scheduler.once()
  await scheduler.once()
  await poll.due()
  await scheduler.once()
  expect(cursors).toEqual([null, { at: 1 }])
  const run = { started_by: 'poll', trigger_key: 'watch' }
  expect(await poll.runs()).toEqual([
    { input: 1, dedupe_key: 'poll:watch:a', ...run },
    { input: { c: 2 }, dedupe_key: 'poll:watch:b', ...run },
  ])
  expect(scheduler.woken).toHaveLength(2)
  expect(await poll.row()).toMatchObject({ cursor: { at: 2 }, lease_until: null, failures: 0 })
})

test('of several schedulers one asks', async () => {
  await aPoll()
  const schedulers = await Promise.all([aScheduler(), aScheduler(), aScheduler()])
  let asked = 0
  answer = async () => {
    asked += 1
    return { cursor: null, found: [] }
  }
  await Promise.all(schedulers.map(({ once }) => once()))
  expect(asked).toBe(1)
})

test('trouble is kept, shown and given time', async () => {
  const poll = await aPoll()
  const scheduler = await aScheduler()
  answer = () => {
    throw fail('connection_reconnect', 'Sign in again.')
  }
  await scheduler.once()
  const row = await poll.row()
  expect(row).toMatchObject({
    failures: 1,
    failure: { code: 'connection_reconnect', message: 'Sign in again.', at: expect.any(String) },
    cursor: null,
    lease_until: null,
  })
  expect(row.next_at.getTime()).toBeGreaterThan(Date.now() + 60_000)
  answer = () => ({ cursor: 'x', found: [] })
  await poll.due()
  await scheduler.once()
  expect(await poll.row()).toMatchObject({ failures: 0, failure: null, cursor: 'x' })
})

test('what is found by a trigger that was unpublished meanwhile starts nothing', async () => {
  const poll = await aPoll()
  const scheduler = await aScheduler()
  answer = async () => {
    await poll.remove()
    return { cursor: 1, found: [{ key: 'a', output: 1 }] }
  }
  await scheduler.once()
  expect(await poll.runs()).toEqual([])
})

test('a scheduler that died while it asked is replaced', async () => {
  const poll = await aPoll()
  const { owner } = await testDatabases()
  answer = () => ({ cursor: 'by another', found: [] })
  await owner.query(`UPDATE poll SET lease_until = now() + interval '1 minute'`)
  const scheduler = await aScheduler()
  await scheduler.once()
  expect((await poll.row()).cursor).toBeNull()
  // A moment ago: the column rounds up, to one that may be still ahead.
  await owner.query(`UPDATE poll SET lease_until = now() - interval '1 s'`)
  await scheduler.once()
  expect((await poll.row()).cursor).toBe('by another')
})

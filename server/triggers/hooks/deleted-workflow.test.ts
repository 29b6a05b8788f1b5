import { expect, test } from 'vitest'
import { scopeFor } from '#server/api/context.ts'
import { listening, publishedWorkflow, testApp, testParts } from '#server/api/test-app.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant } from '#server/test/factories.ts'

test('a workflow that is deleted while its hook is called is not found', async () => {
  const parts = await testParts()
  const { owner: sql } = await testDatabases()
  const { tenant, user } = await aTenant()
  await publishedWorkflow(scopeFor(parts, { tenant, actor: user.id }), {
    nodes: [
      { key: 'hook', type: 'trigger.webhook', params: { path: 'orders' } },
      { key: 'then', type: 'flow.log', params: { message: 'Hi' } },
    ],
    wires: ['hook -> then'],
  })
  const { accept } = parts.runtime
  const runtime: typeof parts.runtime = {
    ...parts.runtime,
    // Between finding the hook and taking the run in.
    async accept(run) {
      await sql.query('DELETE FROM workflow WHERE id = $1', [run.workflowId])
      return accept(run)
    },
  }
  const base = await listening(await testApp({ ...parts, runtime }))
  const answer = await fetch(`${base}/hooks/${tenant.slug}/orders`, { method: 'POST' })
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ code: 'not_found' })
})

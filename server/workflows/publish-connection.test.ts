import { expect, test } from 'vitest'
import { scopeFor } from '../api/context.ts'
import { drawing, testParts } from '../api/test-app.ts'
import { createConnection } from '../connections/create.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import { createWorkflow } from './create.ts'
import { publish } from './publish.ts'

test('a workflow is not published with a connection that is being removed', async () => {
  const parts = await testParts({ roles: { worker: false, scheduler: false } })
  const { tenant, user } = await aTenant()
  const scope = scopeFor(parts, { tenant, actor: user.id })
  const { id: connection } = await createConnection(
    { scope, vault: parts.vault },
    { name: 'API', kind: 'http.bearer', hosts: ['api.example.com'], fields: { token: 'abcdef' } },
  )
  const document = drawing({
    nodes: [
      { key: 'start', type: 'trigger.manual' },
      { key: 'call', type: 'http.request', params: { url: 'https://api.example.com/' }, connection },
    ],
    wires: ['start -> call'],
  })
  const { id } = await createWorkflow(scope, { name: 'Caller', document })
  const { owner } = await testDatabases()
  const db = await owner.connect()
  try {
    await db.query('BEGIN')
    await db.query('DELETE FROM connection WHERE id = $1', [connection])
    const publishing = publish(scope, { id }).catch((error: unknown) => error)
    // Time enough to go past the check, if it did not wait for the removal to be decided.
    await Promise.race([publishing, new Promise((done) => setTimeout(done, 300))])
    await db.query('COMMIT')
    expect(await publishing).toMatchObject({
      code: 'invalid',
      details: { problems: [{ code: 'unknown_connection', node: 'call' }] },
    })
  } finally {
    db.release()
  }
})

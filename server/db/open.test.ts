import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'

test('a connection that the server ends between two statements of a transaction does not end the process', async () => {
  const { engine, owner } = await testDatabases()
  const client = await engine.connect()
  await client.query('BEGIN')
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const ended = new Promise((resolve) => client.once('end', resolve))
  await owner.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
  // Without a listener this would be an uncaught exception.
  await ended
  await expect(client.query('SELECT 1')).rejects.toThrow()
  client.release(true)
  await expect(engine.query('SELECT 1')).resolves.toMatchObject({ rowCount: 1 })
})

import { expect, test } from 'vitest'
import { testDatabases } from '../test/databases.ts'
import { aTenant, aWorkflow } from '../test/factories.ts'
import { inTenant } from './tenant.ts'

test('a tenant sees its own rows and nobody else’s', async () => {
  const { app } = await testDatabases()
  const ours = await aTenant()
  const theirs = await aTenant()
  const workflow = await aWorkflow({ tenantId: ours.tenant.id, publish: true })
  await aWorkflow({ tenantId: theirs.tenant.id })
  const seen = await inTenant(app, ours.tenant.id, (db) => db.workflow.findMany())
  expect(seen.map((one) => one.id)).toEqual([workflow.id])
})

test('nothing is seen outside a tenant, also on a connection that was in one', async () => {
  const { app } = await testDatabases()
  const { tenant } = await aTenant()
  await aWorkflow({ tenantId: tenant.id })
  expect(await app.workflow.findMany()).toEqual([])
})

test('an empty tenant id is refused', async () => {
  const { app } = await testDatabases()
  await expect(inTenant(app, '', (db) => db.workflow.count())).rejects.toThrow('A tenant is needed')
})

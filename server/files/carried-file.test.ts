import { expect, test } from 'vitest'
import { createVault } from '#server/connections/vault.ts'
import { newId } from '#server/db/id.ts'
import { createEgress } from '#server/egress/client.ts'
import { aRun, aRuntime, sketch } from '#server/runtime/test-runtime.ts'
import { testDatabases } from '#server/test/databases.ts'
import { aTenant } from '#server/test/factories.ts'
import { fakeEvolution } from '#server/test/fakes/evolution.ts'
import { serveFake } from '#server/test/fakes/fake.ts'

test('a run fetches a file and sends it on, with bytes that its history does not hold', async () => {
  const bytes = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 31) % 256))
  const shop = await serveFake(() => ({ bytes, headers: { 'content-type': 'image/png' } }))
  const evolution = await fakeEvolution()
  const databases = await testDatabases()
  const { tenant } = await aTenant()
  const vault = createVault(databases.secret)
  const id = newId()
  const { kind, fields } = evolution.connection
  await databases.owner.query(
    `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed, updated_at) VALUES ($1, $2, 'W', $3, '{}', $4, now())`,
    [tenant.id, id, kind, vault.seal({ tenantId: tenant.id, id }, fields)],
  )
  const document = sketch(
    [
      { key: 'get', type: 'http.request', params: { url: `${shop.url}/mug.png`, keepFile: true } },
      {
        key: 'send',
        type: 'whatsapp.evolution_send',
        connection: id,
        params: {
          to: '5511912345678',
          message: {
            kind: 'media',
            media: 'image',
            source: { kind: 'file', file: { expr: 'steps.get.file' } },
          },
        },
      },
    ],
    ['start -> get', 'get -> send'],
  )
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const runtime = await aRuntime({ vault, egress })
  await runtime.start()
  try {
    const { runId } = await runtime.accept(await aRun(document, { tenantId: tenant.id }))
    const result = await runtime.result({ tenantId: tenant.id, runId, waitMs: 20_000 })
    expect(result).toMatchObject({ status: 'succeeded' })
    expect(evolution.sent).toMatchObject([
      { fileName: 'mug.png', mimetype: 'image/png', media: bytes.toString('base64') },
    ])
    const { rows } = await databases.owner.query('SELECT name, size, run_id FROM file WHERE tenant_id = $1', [
      tenant.id,
    ])
    expect(rows).toEqual([{ name: 'mug.png', size: 5_000, run_id: runId }])
    const events = await databases.owner.query('SELECT data::text FROM run_event WHERE run_id = $1', [runId])
    expect(JSON.stringify(events.rows)).not.toContain(bytes.toString('base64').slice(0, 40))
  } finally {
    await Promise.all([runtime.stop(), egress.close(), shop.close(), evolution.close()])
  }
})

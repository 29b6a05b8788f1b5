// For tests: connections to models, and agents drawn with their tools.
import { createVault } from '#server/connections/vault.ts'
import { createEgress } from '#server/egress/client.ts'
import { newId } from '../db/id.ts'
import { testDatabases } from '../test/databases.ts'
import { anthropicKey } from '../test/fakes/anthropic.ts'
import { openaiKey } from '../test/fakes/openai.ts'

/** A stored connection to a fake, and its id. */
export async function aModelConnection(about: {
  tenantId: string
  url: string
  kind?: 'model.anthropic' | 'model.openai'
  fields?: Record<string, string>
}): Promise<string> {
  const { tenantId, url, kind = 'model.anthropic', fields } = about
  const databases = await testDatabases()
  const id = newId()
  const apiKey = kind === 'model.anthropic' ? anthropicKey : openaiKey
  const sealed = createVault(databases.secret).seal({ tenantId, id }, { apiKey, baseUrl: url, ...fields })
  await databases.owner.query(
    `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, now())`,
    [tenantId, id, id, kind, [new URL(url).host], sealed],
  )
  return id
}

/** A way out that reaches the fakes. */
export const localEgress = () => createEgress({ allow: ['127.0.0.1'] })

/** An agent node; `params` on top of a model and a message. */
export const anAgent = (connection: string, params: object = {}, more: object = {}) => ({
  key: 'helper',
  type: 'agent.run',
  connection,
  params: { model: 'claude-sonnet-5-5', message: { expr: 'trigger.text' }, ...params },
  ...more,
})

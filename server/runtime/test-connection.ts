// For tests: stored connections, and a node run with one as a worker runs it.
import { afterAll } from 'vitest'
import { connections, findDefinition } from '#nodes/catalog.ts'
import { WorkflowDocument } from '#nodes/graph/document.ts'
import { Paused, Routed } from '#nodes/kit/define-node.ts'
import type { Json, JsonObject } from '#nodes/kit/json.ts'
import { noMeans } from '#nodes/kit/no-means.ts'
import { createVault } from '#server/connections/vault.ts'
import { createEgress } from '#server/egress/client.ts'
import type { ServiceHost } from '#server/egress/service-hosts.ts'
import type { Tokens } from '#server/oauth/tokens.ts'
import { newId } from '../db/id.ts'
import { testDatabases } from '../test/databases.ts'
import { aTenant } from '../test/factories.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { stepHttp } from './connection-http.ts'
import { mailFor } from './means/mail.ts'
import { sqlFor } from './means/sql.ts'

/** The door of a runtime whose network is this machine's and what `services` says. */
export async function aDoor(services: readonly ServiceHost[] = []): Promise<ConnectionDoor> {
  const databases = await testDatabases()
  const egress = createEgress({ allow: ['127.0.0.1'], services })
  afterAll(() => egress.close())
  return {
    pool: databases.engine,
    egress,
    vault: createVault(databases.secret),
    findConnection: (kind) => connections.find(({ id }) => id === kind),
  }
}

/** A stored connection of a tenant of its own, signed in where `tokens` are given. */
export async function aConnection(about: {
  kind: string
  fields: JsonObject
  tokens?: Tokens
  hosts?: readonly string[]
}): Promise<Which> {
  const databases = await testDatabases()
  const { tenant } = await aTenant()
  const which = { tenantId: tenant.id, id: newId() }
  const isOauth = connections.find(({ id }) => id === about.kind)?.oauth2 !== undefined
  const contents = isOauth
    ? { fields: about.fields, tokens: about.tokens ? { ...about.tokens } : null }
    : about.fields
  const sealed = createVault(databases.secret).seal(which, contents)
  const status = isOauth && !about.tokens ? 'reconnect' : 'ok'
  await databases.owner.query(
    `INSERT INTO connection (tenant_id, id, name, kind, hosts, sealed, status) VALUES ($1, $2, 'One', $3, $4, $5, $6)`,
    [which.tenantId, which.id, about.kind, about.hosts ?? [], sealed, status],
  )
  return which
}

/** Runs a node of the catalogue with a stored connection, its HTTP, its mail and its database. */
export async function runWith(
  door: ConnectionDoor,
  about: { which: Which; type: string; params: Json },
): Promise<unknown> {
  const definition = findDefinition(about.type, 1)
  if (definition?.role !== 'step') throw new Error(`There is no step ${about.type}`)
  const { tenantId, id: connection } = about.which
  const signal = AbortSignal.timeout(20_000)
  const kinds = definition.connection?.kinds ?? []
  const [node] = WorkflowDocument.parse({
    nodes: [{ key: 'one', type: about.type, version: 1, connection }],
    edges: [],
  }).nodes
  if (!node) throw new Error('The drawing has no node')
  const step = {
    ...{ pool: door.pool, door, tenantId, node, definition, signal },
    runId: newId(),
  }
  return definition.run({
    ...noMeans,
    params: definition.params.parse(about.params),
    input: null,
    http: stepHttp(door, { tenantId, connection, kinds, signal }),
    mail: mailFor(step),
    sql: sqlFor(step),
    log: () => {},
    to: (port, value) => new Routed(port, value),
    pause: (untilMs, value) => new Paused(untilMs, value),
    respond: () => {},
    runCode: async () => ({ value: null, logs: [] }),
    nowMs: Date.UTC(2026, 0, 1),
    idempotencyKey: 'key-1',
    signal,
  })
}

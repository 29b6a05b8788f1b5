import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'
import { clientOf, needsPerson } from '#server/oauth/client-of.ts'
import { hostsOf } from '#server/oauth/hosts-of.ts'
import { readSecrets } from '#server/oauth/sealed.ts'
import { isOver, reconnect, type Tokens } from '#server/oauth/tokens.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { readConnection } from './connection-row.ts'
import { freshTokens } from './fresh-tokens.ts'

/** A stored connection, opened to be used once. */
export interface LiveConnection {
  definition: AnyConnection
  kind: string
  /** As `attach` takes them: with the access token where there is one. */
  fields: Json
  hosts: readonly string[]
  tokens: Tokens | null
}

/** Opens a connection with a token that still holds. `spent`: a token that was refused though its time is not over. */
export async function liveConnection(
  door: ConnectionDoor,
  about: Which & { kinds?: readonly string[]; spent?: string },
): Promise<LiveConnection> {
  const row = await readConnection(door.pool, about)
  const definition = door.findConnection(row.kind)
  if (!definition || (about.kinds && !about.kinds.includes(row.kind)))
    throw fail('connection_wrong_kind', 'The connection of this step is of a kind it cannot use')
  const { fields, tokens } = readSecrets(definition, door.vault.open(about, row.sealed))
  const hosts = hostsOf(definition, fields) ?? row.hosts
  const client = clientOf(definition, fields)
  if (!client) return { definition, kind: row.kind, fields, hosts, tokens: null }
  if (row.status !== 'ok') throw reconnect(row.trouble ?? 'Nobody has signed in to this connection yet.')
  if (!tokens && needsPerson(client.oauth2)) throw reconnect('Nobody has signed in to this connection yet.')
  const isGood = tokens && tokens.accessToken !== about.spent && !isOver(tokens, Date.now())
  const live = isGood ? tokens : await freshTokens(door, { ...about, spent: tokens?.accessToken })
  return { definition, kind: row.kind, fields: withToken(fields, live), hosts, tokens: live }
}

function withToken(fields: Json, { accessToken }: Tokens): Json {
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields)
    ? { ...fields, accessToken }
    : { accessToken }
}

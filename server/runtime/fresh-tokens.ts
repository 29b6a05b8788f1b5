import type pg from 'pg'
import { fail } from '#nodes/kit/failure.ts'
import { clientOf, needsPerson } from '#server/oauth/client-of.ts'
import { readSecrets, type Secrets, writeSecrets } from '#server/oauth/sealed.ts'
import {
  isFinal,
  isOver,
  reconnect,
  refreshedTokens,
  type Tokens,
  tokensOfClient,
  whyOf,
} from '#server/oauth/tokens.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { type ConnectionRow, withRow } from './connection-row.ts'

interface Wanted extends Which {
  /** The access token that will not do any more. */
  spent: string | undefined
}

const flights = new WeakMap<ConnectionDoor, Map<string, Promise<Tokens>>>()

/**
 * New tokens for a connection, asked for once however many want them: those of this process wait for one, and those
 * of other processes for the lock on the row. A service that gives each refresh token once would otherwise see the
 * second as a theft.
 */
export function freshTokens(door: ConnectionDoor, wanted: Wanted): Promise<Tokens> {
  const own = flights.get(door) ?? new Map<string, Promise<Tokens>>()
  flights.set(door, own)
  const name = `${wanted.tenantId} ${wanted.id}`
  const under = own.get(name)
  if (under) return under
  const flight = alone(door, wanted).finally(() => own.delete(name))
  own.set(name, flight)
  return flight
}

async function alone(door: ConnectionDoor, wanted: Wanted): Promise<Tokens> {
  const outcome = await withRow(door, wanted, async (db, row) => {
    const { definition, secrets } = opened(door, { ...wanted, row })
    const { tokens } = secrets
    if (row.status !== 'ok') return reconnect(row.trouble ?? 'Nobody has signed in to this connection yet.')
    // Another process was first.
    if (tokens && tokens.accessToken !== wanted.spent && !isOver(tokens, Date.now())) return tokens
    try {
      const fresh = await asked(door, { definition, secrets })
      await keep(db, { ...wanted, sealed: sealedFor(door, { ...wanted, definition, secrets, fresh }), fresh })
      return fresh
    } catch (error) {
      if (!isFinal(error)) throw error
      await setTrouble(db, { ...wanted, trouble: whyOf(error) })
      return error
    }
  })
  if (outcome instanceof Error) throw outcome
  return outcome
}

type Definition = NonNullable<ReturnType<ConnectionDoor['findConnection']>>

function opened(door: ConnectionDoor, about: Which & { row: ConnectionRow }) {
  const definition = door.findConnection(about.row.kind)
  if (!definition) throw fail('connection_wrong_kind', 'There is no such kind of connection any more')
  return { definition, secrets: readSecrets(definition, door.vault.open(about, about.row.sealed)) }
}

async function asked(door: ConnectionDoor, about: { definition: Definition; secrets: Secrets }) {
  const { fields, tokens } = about.secrets
  const client = clientOf(about.definition, fields)
  if (!client) throw fail('connection_wrong_kind', 'This kind of connection has no tokens')
  const asking = { way: door.egress, nowMs: Date.now() }
  if (!needsPerson(client.oauth2)) return tokensOfClient(client, asking)
  const refreshToken = tokens?.refreshToken
  if (refreshToken === undefined)
    throw reconnect('The permission has run out, and the service gave none to renew it.')
  return refreshedTokens(client, { ...asking, refreshToken })
}

function sealedFor(
  door: ConnectionDoor,
  about: Which & { definition: Definition; secrets: Secrets; fresh: Tokens },
): Buffer {
  const { definition, secrets, fresh } = about
  return door.vault.seal(about, writeSecrets(definition, { ...secrets, tokens: fresh }))
}

/** For a client that acts for itself: asks at once, also where it was refused before. */
export async function renewNow(door: ConnectionDoor, which: Which): Promise<void> {
  const spent = await withRow(door, which, async (db, row) => {
    await db.query(`UPDATE connection SET status = 'ok', trouble = NULL WHERE tenant_id = $1 AND id = $2`, [
      which.tenantId,
      which.id,
    ])
    return opened(door, { ...which, row }).secrets.tokens?.accessToken
  })
  await freshTokens(door, { ...which, spent })
}

/** Keeps new tokens: the connection works again. */
export async function keep(
  db: pg.PoolClient,
  about: Which & { sealed: Buffer; fresh: Tokens },
): Promise<void> {
  const until = about.fresh.expiresAtMs === undefined ? null : new Date(about.fresh.expiresAtMs)
  await db.query(
    `UPDATE connection SET sealed = $3, expires_at = $4, status = 'ok', trouble = NULL
     WHERE tenant_id = $1 AND id = $2`,
    [about.tenantId, about.id, about.sealed, until],
  )
}

/** From now on its steps fail, and its page says why. */
async function setTrouble(db: pg.PoolClient, { tenantId, id, trouble }: Which & { trouble: string }) {
  await db.query(
    `UPDATE connection SET status = 'reconnect', trouble = $3 WHERE tenant_id = $1 AND id = $2`,
    [tenantId, id, trouble],
  )
}

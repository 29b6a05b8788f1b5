import type { Json } from '#nodes/kit/json.ts'
import type { ConnectionDoor, Which } from './connection-door.ts'
import { stepHttp } from './connection-http.ts'
import { withRow } from './connection-row.ts'
import { liveConnection } from './live-connection.ts'
import { smtpOf } from './means/smtp.ts'
import { sqlOf } from './means/sql-connection.ts'

const TIMEOUT_MS = 20_000
const MOST_ACCOUNT = 200

/** Tries a connection by its kind's own test, and keeps whose account it is. Throws a `StepFailure` in words. */
export async function tryConnection(door: ConnectionDoor, which: Which): Promise<string | null> {
  const { tenantId, id } = which
  const { definition, kind, fields } = await liveConnection(door, which)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const tested = await definition.test?.({
    fields: withoutToken(fields),
    http: stepHttp(door, { tenantId, connection: id, kinds: [kind], signal }),
    sql: sqlOf(door, { ...which, kinds: [kind], signal }),
    verifyMail: () => smtpOf(door, { ...which, kinds: [kind], signal }).verify(),
  })
  const account = tested?.account?.slice(0, MOST_ACCOUNT) ?? null
  await withRow(door, which, (db) =>
    db.query('UPDATE connection SET account = $3 WHERE tenant_id = $1 AND id = $2', [tenantId, id, account]),
  )
  return account
}

/** As the definition's own fields are: the token is for `attach`. */
function withoutToken(fields: Json): Json {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return fields
  const { accessToken: _, ...own } = fields
  return own
}

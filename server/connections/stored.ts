import type { Json } from '#nodes/kit/json.ts'
import { AppError } from '#server/errors.ts'
import { clientOf, needsPerson } from '#server/oauth/client-of.ts'
import { hostsOf } from '#server/oauth/hosts-of.ts'
import { writeSecrets } from '#server/oauth/sealed.ts'
import { Host } from './hosts.ts'
import { fieldsOf, kindOf } from './kinds.ts'
import { asRefusal } from './refusal.ts'

/** What of a connection follows from its fields. */
export interface Stored {
  contents: Json
  /** Where its kind says it may be sent; null where the tenant says. */
  hosts: string[] | null
  /** `reconnect` until somebody signed in, where somebody has to. */
  status: 'ok' | 'reconnect'
}

/** Checks fields, and says how a connection with them begins. Tokens of other fields are not kept. */
export function storedFor(kindId: string, given: unknown): Stored {
  const definition = kindOf(kindId)
  const fields = fieldsOf(kindId, given)
  const hosts = hostsOf(definition, fields)
  for (const host of hosts ?? []) checkHost(host)
  try {
    const client = clientOf(definition, fields)
    const contents = writeSecrets(definition, { fields, tokens: null })
    return { contents, hosts, status: client && needsPerson(client.oauth2) ? 'reconnect' : 'ok' }
  } catch (error) {
    return asRefusal(error)
  }
}

/** An address with a port stays with it. */
function checkHost(written: string) {
  if (Host.safeParse(written.replace(/:\d{1,5}$/, '')).success) return
  const message = 'This is not a host name, or an address with one'
  throw new AppError('invalid', message, { issues: [{ path: 'fields', message }] })
}

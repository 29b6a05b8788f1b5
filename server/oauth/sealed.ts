import { z } from 'zod'
import type { AnyConnection } from '#nodes/kit/define-connection.ts'
import { Json } from '#nodes/kit/json.ts'
import { Tokens } from './tokens.ts'

/** What lies sealed in a connection. */
export interface Secrets {
  fields: Json
  /** OAuth only; null until somebody signed in. */
  tokens: Tokens | null
}

const WithTokens = z.strictObject({ fields: Json, tokens: Tokens.nullable() })

export function readSecrets(definition: AnyConnection, opened: Json): Secrets {
  return definition.oauth2 ? WithTokens.parse(opened) : { fields: opened, tokens: null }
}

/** As the vault takes it: kinds without tokens are their fields and nothing more. */
export function writeSecrets(definition: AnyConnection, { fields, tokens }: Secrets): Json {
  return definition.oauth2 ? { fields, tokens: tokens && { ...tokens } } : fields
}

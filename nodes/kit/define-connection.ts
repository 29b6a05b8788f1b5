import type { z } from 'zod'
import type { Http, HttpRequest } from './http.ts'

/** How a person lets us act for them at another service (OAuth 2.0 authorization code with PKCE). */
export interface OAuth2 {
  authorizeUrl: string
  tokenUrl: string
  scopes: readonly string[]
  /** More of the authorize address, such as `access_type: 'offline'`. */
  authorize?: Readonly<Record<string, string>>
  /** How the client names itself to the token address; in the body unless said. */
  clientAuth?: 'body' | 'basic'
}

/** A kind of credential: its fields, where they may be sent, and how they join a request. */
export interface ConnectionDefinition<Fields extends z.ZodType = z.ZodType> {
  id: `${string}.${string}`
  title: string
  summary: string
  icon: string
  /** Every field is a secret unless its meta says `{ secret: false }`. Write-only over the API. */
  fields: Fields
  /** The only hosts it may ever be sent to; without it the tenant says. `{field}` stands for a field that is no secret. */
  hosts?: readonly string[]
  /**
   * With it the fields are those of the client (`clientId`, `clientSecret`) and a person signs in; the tokens are kept
   * beside the fields and `attach` gets `accessToken` too.
   */
  oauth2?: OAuth2
  /** Adds the credential to a request whose host is already checked. Pure. */
  attach(fields: z.output<Fields> & { accessToken?: string }, request: HttpRequest): HttpRequest
  /** Asks the other side whether it works, and whose account it is. Fails in words that say what to do. */
  test?(about: { fields: z.output<Fields>; http: Http }): Promise<{ account?: string }>
}

export function defineConnection<Fields extends z.ZodType>(connection: ConnectionDefinition<Fields>) {
  return connection
}

export interface AnyConnection extends Omit<ConnectionDefinition, 'attach' | 'test'> {
  attach(fields: unknown, request: HttpRequest): HttpRequest
  test?(about: { fields: unknown; http: Http }): Promise<{ account?: string }>
}

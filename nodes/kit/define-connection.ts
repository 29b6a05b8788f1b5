import type { z } from 'zod'
import type { Http, HttpRequest } from './http.ts'
import type { Sql } from './means.ts'
import type { ConnectionLimits } from './reliability.ts'

/** How a person, or the client itself, lets us act at another service (OAuth 2.0; the code grant always with PKCE). */
export interface OAuth2 {
  /** A person signs in unless said; `client_credentials`: the client itself, without anybody. */
  grant?: 'authorization_code' | 'client_credentials'
  /** Empty where nobody signs in. */
  authorizeUrl: string
  tokenUrl: string
  scopes: readonly string[]
  /** More of the authorize address, such as `access_type: 'offline'`. */
  authorize?: Readonly<Record<string, string>>
  /** More of the request for a token, such as `audience`. */
  token?: Readonly<Record<string, string>>
  /** How the client names itself to the token address; in the body unless said. */
  clientAuth?: 'body' | 'basic'
  /** What the service calls itself in `iss`, where it does. */
  issuer?: string
}

/** What a connection's `test` may use. Fails where it could not sign in. */
export interface ConnectionTest<Fields> {
  fields: Fields
  http: Http
  sql: Sql
  /** Signs in at the mail server and sends nothing. */
  verifyMail(): Promise<void>
}

/** A kind of credential: its fields, where they may be sent, and how they join a request. */
export interface ConnectionDefinition<Fields extends z.ZodType = z.ZodType> {
  id: `${string}.${string}`
  title: string
  summary: string
  icon: string
  /** Every field is a secret unless its meta says `{ secret: false }`. Write-only over the API. */
  fields: Fields
  /** The only hosts it may ever be sent to; without it the tenant says. `{field}` stands for a field that is no secret; for the host of it where it is an address. */
  hosts?: readonly string[]
  /**
   * With it the fields are those of the client (`clientId`, `clientSecret`, and what else it needs) and a person signs
   * in; the tokens are kept beside the fields and `attach` gets `accessToken` too.
   */
  oauth2?(fields: z.output<Fields>): OAuth2
  /**
   * Where a request for a path alone leads (`/message/sendText`), for services that are at an address of the
   * tenant's own. Of fields that are no secret.
   */
  address?(fields: z.output<Fields>, path: string): string
  /** Adds the credential to a request whose host is already checked. Pure. */
  attach(fields: z.output<Fields> & { accessToken?: string }, request: HttpRequest): HttpRequest
  /** How often the service may be asked and when it is left alone, where a connection does not say otherwise. */
  limits?: ConnectionLimits
  /** Asks the other side whether it works, and whose account it is. Fails in words that say what to do. */
  test?(about: ConnectionTest<z.output<Fields>>): Promise<{ account?: string }>
}

export function defineConnection<Fields extends z.ZodType>(connection: ConnectionDefinition<Fields>) {
  return connection
}

export interface AnyConnection extends Omit<ConnectionDefinition, 'attach' | 'test' | 'oauth2' | 'address'> {
  address?(fields: unknown, path: string): string
  oauth2?(fields: unknown): OAuth2
  attach(fields: unknown, request: HttpRequest): HttpRequest
  test?(about: ConnectionTest<unknown>): Promise<{ account?: string }>
}

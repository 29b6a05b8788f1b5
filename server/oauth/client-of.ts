import * as oauth from 'oauth4webapi'
import { z } from 'zod'
import type { AnyConnection, OAuth2 } from '#nodes/kit/define-connection.ts'
import { fail } from '#nodes/kit/failure.ts'
import type { Json } from '#nodes/kit/json.ts'

const Client = z.object({ clientId: z.string().min(1), clientSecret: z.string().optional() })

/** A kind of connection with its fields, as the library wants it. */
export interface OAuthClient {
  oauth2: OAuth2
  server: oauth.AuthorizationServer
  client: oauth.Client
  auth: oauth.ClientAuth
}

/** Null for a kind that has nothing to do with OAuth. */
export function clientOf(definition: AnyConnection, fields: Json): OAuthClient | null {
  const oauth2 = definition.oauth2?.(fields)
  if (!oauth2) return null
  const { clientId, clientSecret } = Client.parse(fields)
  for (const address of [oauth2.tokenUrl, ...(needsPerson(oauth2) ? [oauth2.authorizeUrl] : [])])
    if (!isAddress(address))
      throw fail('invalid_connection', 'The connection names no address to sign in at. Edit it.')
  return {
    oauth2,
    server: {
      issuer: oauth2.issuer ?? new URL(oauth2.tokenUrl).origin,
      authorization_endpoint: oauth2.authorizeUrl,
      token_endpoint: oauth2.tokenUrl,
    },
    client: { client_id: clientId },
    auth: authOf(oauth2, clientSecret),
  }
}

export const needsPerson = ({ grant = 'authorization_code' }: OAuth2) => grant === 'authorization_code'

function authOf({ clientAuth = 'body' }: OAuth2, secret: string | undefined): oauth.ClientAuth {
  if (!secret) return oauth.None()
  return clientAuth === 'basic' ? oauth.ClientSecretBasic(secret) : oauth.ClientSecretPost(secret)
}

function isAddress(written: string): boolean {
  const url = URL.canParse(written) ? new URL(written) : null
  return url !== null && (url.protocol === 'https:' || isOwnMachine(url))
}

/** Without TLS a secret goes nowhere but to this very machine. */
export const isOwnMachine = ({ protocol, hostname }: URL) =>
  protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

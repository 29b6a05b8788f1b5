import type { z } from 'zod'
import type { HttpRequest } from './http.ts'

/** A kind of credential: its fields, where they may be sent, and how they join a request. */
export interface ConnectionDefinition<Fields extends z.ZodType = z.ZodType> {
  id: `${string}.${string}`
  title: string
  summary: string
  icon: string
  /** Every field is a secret unless its meta says `{ secret: false }`. Write-only over the API. */
  fields: Fields
  /** Adds the credential to a request whose host is already checked. Pure. */
  attach(fields: z.output<Fields>, request: HttpRequest): HttpRequest
}

export function defineConnection<Fields extends z.ZodType>(connection: ConnectionDefinition<Fields>) {
  return connection
}

export interface AnyConnection extends Omit<ConnectionDefinition, 'attach'> {
  attach(fields: unknown, request: HttpRequest): HttpRequest
}

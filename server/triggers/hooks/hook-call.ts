import type { FastifyReply, FastifyRequest } from 'fastify'
import type pg from 'pg'
import type { AppClient } from '#server/db/open.ts'
import type { Log } from '#server/log.ts'
import type { Runtime } from '#server/runtime/runtime.ts'
import type { Links } from '../public/links.ts'
import type { Answer } from './answer.ts'
import type { Hook } from './find-hook.ts'
import type { KnownHooks } from './known-hooks.ts'

export interface HookParts {
  app: AppClient
  hooks: KnownHooks
  /** The tenant with this slug. */
  tenantOf(slug: string): Promise<string | null>
  /** Files are kept by it, as the steps of runs keep theirs. */
  engine: pg.Pool
  runtime: Runtime
  links: Links
  log: Log
  /** Fires when the server closes: who waits for a run is told where to ask for it later. */
  closing: AbortSignal
}

/** A request at a public address that is somebody's. */
export interface HookCall {
  parts: HookParts
  hook: Hook
  /** The whole path after the tenant, as it was sent. */
  path: string
  query: URLSearchParams
  request: FastifyRequest
  reply: FastifyReply
}

/** Serves one kind of address. Null: it has answered by itself, such as with a stream. */
export type HookDoor = (call: HookCall) => Promise<Answer | null>

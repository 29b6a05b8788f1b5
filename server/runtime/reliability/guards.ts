import type pg from 'pg'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { AnyStep } from '#nodes/kit/define-node.ts'
import { canCache } from '#nodes/kit/effect.ts'
import type { Breaker, Cache, ConnectionLimits, Rate } from '#nodes/kit/reliability.ts'
import type { Bus } from '../bus.ts'
import type { ConnectionDoor } from '../connection-door.ts'
import type { Log } from '../log.ts'
import { type Breakers, createBreakers } from './breaker.ts'
import { createStepCache, type StepCache } from './cache.ts'
import { createConnectionLimits, type FindLimits } from './connection-limits.ts'
import { createLimiter, type Limiter } from './limiter.ts'

/** What stands between a step and the world. */
export interface Guard {
  /** What it passes: that of its connection, or its own. */
  gate: string
  rates: readonly Rate[]
  breaker?: Breaker
  cache?: Cache
}

/** The limits, breakers and kept outputs of this process, which it shares with all others. */
export interface Guards {
  limiter: Limiter
  breakers: Breakers
  cache: StepCache
  limitsOf: FindLimits
}

export function createGuards(about: {
  pool: pg.Pool
  bus: Bus
  log: Log
  findConnection: ConnectionDoor['findConnection']
}): Guards {
  return {
    limiter: createLimiter(about.pool),
    breakers: createBreakers(about),
    cache: createStepCache(about.pool),
    limitsOf: createConnectionLimits(about),
  }
}

interface Guarded {
  tenantId: string
  workflowId: string
  node: DocumentNode
  definition: AnyStep
}

/** What guards a node; undefined for nearly every one, and then at no cost. */
export function guardOf(guards: Guards, of: Guarded): Guard | undefined | Promise<Guard | undefined> {
  const { tenantId, node } = of
  if (node.connection === undefined) return node.reliability ? made(of, {}) : undefined
  const limits = guards.limitsOf({ tenantId, id: node.connection })
  return limits instanceof Promise ? limits.then((read) => made(of, read)) : made(of, limits)
}

function made({ workflowId, node, definition }: Guarded, limits: ConnectionLimits): Guard | undefined {
  const { rate, breaker = limits.breaker, cache: set } = node.reliability ?? {}
  const cache = set && canCache(definition, node.params) ? set : undefined
  const rates = [rate, limits.rate].filter((one) => one !== undefined)
  if (rates.length === 0 && !breaker && !cache) return undefined
  const gate =
    node.connection === undefined ? `node:${workflowId}/${node.key}` : `connection:${node.connection}`
  return { gate, rates, ...(breaker ? { breaker } : {}), ...(cache ? { cache } : {}) }
}

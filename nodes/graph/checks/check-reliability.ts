import { canCache, effectOf } from '../../kit/effect.ts'
import { retryPolicy } from '../../kit/reliability.ts'
import type { Checking } from './checking.ts'

/** Settings under *Reliability* that make no sense together, or on this node. */
export function checkReliability({ document, info, report }: Checking): void {
  for (const { key, params, reliability } of document.nodes) {
    const known = info(key)
    if (!reliability || !known) continue
    const at = (field: string) => ({ node: key, field: `reliability.${field}` })
    if (known.role !== 'step') {
      report('reliability_not_here', { node: key, field: 'reliability' })
      continue
    }
    const { cache, breaker, delayMs, backoff } = reliability
    if (cache && !canCache(known, params)) report('cache_on_effect', at('cache'))
    if (breaker && effectOf(known, params) === 'none' && !known.connection)
      report('breaker_on_nothing', at('breaker'))
    const pauses = delayMs !== undefined || backoff !== undefined
    if (pauses && retryPolicy(known.retry, reliability).attempts === 1)
      report('pause_without_retry', at(delayMs === undefined ? 'backoff' : 'delayMs'))
  }
}

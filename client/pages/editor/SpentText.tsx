import type { Spent } from '#client/canvas/sub-steps.ts'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'

/** What model calls cost: `$0.0123 · 1,204 tokens`. */
export function SpentText({ spent, className }: { spent: Spent; className?: string }) {
  const t = useT('agents')
  const format = useFormat()
  const tokens = t('spent.tokens', { count: spent.tokens, tokens: format.number(spent.tokens) })
  if (spent.costUsd === null) return <span className={className}>{tokens}</span>
  const cost = format.usd(spent.costUsd)
  return (
    <span className={className} title={spent.atLeast ? t('spent.atLeastHelp') : undefined}>
      {spent.atLeast ? t('spent.atLeast', { cost }) : cost} · {tokens}
    </span>
  )
}

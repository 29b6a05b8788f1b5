import { ShieldCheck, ShieldQuestion } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { effectOf } from '#nodes/kit/effect.ts'

export interface GuaranteeProps {
  node: Pick<DocumentNode, 'params'>
  info: Pick<NodeInfo, 'effect' | 'readsWhen'>
}

/** What repeating a step would do, in a few words; under Reliability it says more. */
export function Guarantee({ node, info }: GuaranteeProps) {
  const t = useT('forms')
  const effect = effectOf(info, node.params)
  const Icon = effect === 'once' ? ShieldQuestion : ShieldCheck
  return (
    <p
      title={t(`reliability.effect.${effect}`)}
      className="flex items-center gap-1.5 px-4 pb-2 text-faint text-xs"
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {t(`reliability.guarantee.${effect}`)}
    </p>
  )
}

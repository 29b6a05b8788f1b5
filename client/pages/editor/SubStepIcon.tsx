import { CircleDot, type LucideIcon, Sparkles, UserRound, Workflow, Wrench } from 'lucide-react'
import type { SubStep } from '#client/canvas/sub-steps.ts'
import type { SubStepKind } from '#server/engine/history.ts'

const icons: Record<SubStepKind, { icon: LucideIcon; tone: string }> = {
  model: { icon: Sparkles, tone: 'text-violet' },
  tool: { icon: Wrench, tone: 'text-muted' },
  ask: { icon: UserRound, tone: 'text-rose' },
  call: { icon: Workflow, tone: 'text-muted' },
  other: { icon: CircleDot, tone: 'text-faint' },
}

export function SubStepIcon({ sub }: { sub: Pick<SubStep, 'kind'> }) {
  const { icon: Icon, tone } = icons[sub.kind]
  return <Icon aria-hidden className={`size-3.5 shrink-0 ${tone}`} />
}

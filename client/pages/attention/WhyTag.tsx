import { CircleHelp, RotateCcw, ServerCrash } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'
import type { AttentionRow } from './row.ts'

const looks = {
  unknown: { icon: <CircleHelp aria-hidden />, tone: 'warn' },
  exhausted: { icon: <RotateCcw aria-hidden />, tone: 'bad' },
  crashed: { icon: <ServerCrash aria-hidden />, tone: 'bad' },
} as const

/** Why a step needs attention: icon and word. */
export function WhyTag({ why }: Pick<AttentionRow, 'why'>) {
  const t = useT('attention')
  const { icon, tone } = looks[why]
  return (
    <Tag tone={tone} icon={icon}>
      {t(`why.${why}`)}
    </Tag>
  )
}

import { Ban, Check, Hourglass, TimerOff } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Tag, type Tone } from '#client/ui/Tag.tsx'
import type { TaskStatus } from './row.ts'

const looks: Record<TaskStatus, { tone: Tone; icon: typeof Check }> = {
  open: { tone: 'rose', icon: Hourglass },
  answered: { tone: 'good', icon: Check },
  expired: { tone: 'warn', icon: TimerOff },
  cancelled: { tone: 'neutral', icon: Ban },
}

export function TaskStatusTag({ status }: { status: TaskStatus }) {
  const t = useT('people')
  const { tone, icon: Icon } = looks[status]
  return (
    <Tag tone={tone} icon={<Icon aria-hidden />}>
      {t(`tasks.status.${status}`)}
    </Tag>
  )
}

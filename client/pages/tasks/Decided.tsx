import { useQuery } from '@tanstack/react-query'
import { Ban, Check, type LucideIcon, TimerOff, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useUser } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { isJsonObject } from '#nodes/kit/json.ts'
import { changes } from './flat.ts'
import type { Task } from './row.ts'
import { Section } from './Section.tsx'
import { TaskData } from './TaskData.tsx'

/** How a task ended: who decided what, or that nobody did. */
export function Decided({ task }: { task: Task }) {
  const t = useT('people')
  switch (task.status) {
    case 'open':
      return null
    case 'expired':
      return (
        <Banner tone="warn" icon={TimerOff} title={t('tasks.expiredTitle')}>
          {t('tasks.expiredBody')}
        </Banner>
      )
    case 'cancelled':
      return (
        <Banner tone="neutral" icon={Ban} title={t('tasks.cancelledTitle')}>
          {t('tasks.cancelledBody')}
        </Banner>
      )
    case 'answered':
      return task.kind === 'approval' ? <Approval task={task} /> : <Answers task={task} />
  }
  return task.status satisfies never
}

function Approval({ task }: { task: Task }) {
  const t = useT('people')
  const answer = isJsonObject(task.answer) ? task.answer : {}
  const approved = answer.approved === true
  return (
    <>
      <Banner
        tone={approved ? 'good' : 'bad'}
        icon={approved ? Check : X}
        title={t(approved ? 'tasks.approved' : 'tasks.rejected')}
      >
        <Who task={task} />
        {typeof answer.comment === 'string' && (
          <p className="mt-2 whitespace-pre-wrap break-words text-ink text-lg">{answer.comment}</p>
        )}
      </Banner>
      {answer.data !== undefined && (
        <Section title={t('tasks.changed')}>
          <TaskData value={changes(task.request.data, answer.data)} />
        </Section>
      )}
    </>
  )
}

function Answers({ task }: { task: Task }) {
  const t = useT('people')
  return (
    <>
      <Banner tone="good" icon={Check} title={t('tasks.answered')}>
        <Who task={task} />
      </Banner>
      {task.answer !== null && (
        <Section title={t('tasks.answers')}>
          <TaskData value={task.answer} />
        </Section>
      )}
    </>
  )
}

function Who({ task }: { task: Task }) {
  const t = useT('people')
  const trpc = useTRPC()
  const user = useUser()
  const { answeredBy: by, answeredAt } = task
  const members = useQuery(
    trpc.members.list.queryOptions(undefined, { enabled: by !== null && by !== user.id, staleTime: 60_000 }),
  )
  const name = by === user.id ? user.name : members.data?.find(({ userId }) => userId === by)?.name
  return (
    <p>
      {name ?? t('tasks.someone')}
      {answeredAt && (
        <>
          {' · '}
          <TimeAgo at={answeredAt} />
        </>
      )}
    </p>
  )
}

const tones = {
  good: 'border-good-line bg-good-soft text-good',
  bad: 'border-bad-line bg-bad-soft text-bad',
  warn: 'border-warn-line bg-warn-soft text-warn',
  neutral: 'border-line bg-sunken text-muted',
}

interface BannerProps {
  tone: keyof typeof tones
  icon: LucideIcon
  title: string
  children: ReactNode
}

function Banner({ tone, icon: Icon, title, children }: BannerProps) {
  return (
    <div
      role="status"
      className={`flex animate-appear items-start gap-3 rounded-md border p-4 ${tones[tone]}`}
    >
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold text-lg">{title}</p>
        <div className="text-base text-muted">{children}</div>
      </div>
    </div>
  )
}

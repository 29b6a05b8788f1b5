import { useQuery } from '@tanstack/react-query'
import { Bot, ChevronLeft } from 'lucide-react'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Fact } from '#client/ui/Fact.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../paths.ts'
import { Trouble } from './frame/Trouble.tsx'
import { AnswerForm } from './tasks/AnswerForm.tsx'
import { Decide } from './tasks/Decide.tsx'
import { Decided } from './tasks/Decided.tsx'
import type { Task } from './tasks/row.ts'
import { Section } from './tasks/Section.tsx'
import { TaskData } from './tasks/TaskData.tsx'
import { TaskStatusTag } from './tasks/TaskStatusTag.tsx'

/** While it is open somebody else may decide it. */
const LOOK_MS = 10_000

/** What a run asks of a person; made for a phone. */
export default function TaskPage() {
  const { id = '' } = useParams()
  const trpc = useTRPC()
  const task = useQuery(
    trpc.tasks.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data && state.data.status !== 'open' ? false : LOOK_MS) },
    ),
  )
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto flex max-w-170 flex-col gap-5 px-6 pt-4 phone:px-4">
        <Back />
        {task.data ? (
          <Shown key={task.data.id} task={task.data} />
        ) : task.error ? (
          <Trouble error={task.error} onRetry={() => void task.refetch()} />
        ) : (
          <Loading />
        )}
      </div>
    </div>
  )
}

function Back() {
  const t = useT('people')
  const { slug } = useTenant()
  return (
    <Link
      to={paths.tasks(slug)}
      className="-ml-2 inline-flex h-8 items-center gap-1 self-start rounded-sm px-2 text-muted hover:bg-hover hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      {t('tasks.back')}
    </Link>
  )
}

function Loading() {
  return (
    <div className="flex animate-late flex-col gap-4">
      <Skeleton className="h-7 w-2/3" />
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="mt-4 h-40 w-full" />
    </div>
  )
}

function Shown({ task }: { task: Task }) {
  const t = useT('people')
  useEffect(() => {
    document.title = `${task.title} · Trama`
  }, [task.title])
  const { message, tool, data } = task.request
  return (
    <article className="flex flex-col gap-5">
      <header className="flex flex-col gap-2">
        <div className="flex items-center gap-2">
          <TaskStatusTag status={task.status} />
          <span className="text-muted text-sm">{t(`tasks.kind.${task.kind}`)}</span>
        </div>
        <h1 className="text-balance break-words font-semibold text-xl">{task.title}</h1>
        {message && <p className="whitespace-pre-wrap break-words text-lg text-muted">{message}</p>}
      </header>
      {tool && (
        <div className="flex items-start gap-3 rounded-md bg-violet-soft p-4 text-violet">
          <Bot aria-hidden className="mt-0.5 size-5 shrink-0" />
          <div className="min-w-0">
            <p className="break-words font-semibold">
              {t('tasks.wantsTool', { agent: tool.agent, tool: tool.name })}
            </p>
            {task.status === 'open' && <p className="text-muted">{t('tasks.wantsToolHelp')}</p>}
          </div>
        </div>
      )}
      <Decided task={task} />
      {task.mayAnswer ? (
        task.kind === 'form' ? (
          <AnswerForm task={task} />
        ) : (
          <Decide task={task} />
        )
      ) : (
        data !== undefined && (
          <Section title={t(tool ? 'tasks.arguments' : 'tasks.data')}>
            <TaskData value={data} />
          </Section>
        )
      )}
      {task.status === 'open' && !task.mayAnswer && (
        <p className="rounded-md bg-sunken p-4 text-muted">
          {t('tasks.mayNotBody', { who: t(`tasks.who.${task.role ?? 'anybody'}`) })}
        </p>
      )}
      <Facts task={task} />
    </article>
  )
}

function Facts({ task }: { task: Task }) {
  const t = useT('people')
  const { slug } = useTenant()
  return (
    <dl className="mb-8 grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 border-line border-t pt-4 text-sm">
      <Fact label={t('tasks.askedBy')}>
        <Link to={paths.workflow(slug, task.workflow.id)} className="break-words hover:underline">
          {task.workflow.name}
        </Link>
        {' · '}
        <Link to={paths.run(slug, task.runId)} className="text-accent hover:underline">
          {t('tasks.openRun')}
        </Link>
      </Fact>
      <Fact label={t('tasks.askedAt')}>
        <TimeAgo at={task.createdAt} />
      </Fact>
      <Fact label={t('tasks.until')}>
        {task.deadlineAt ? <TimeAgo at={task.deadlineAt} /> : t('tasks.noDeadline')}
      </Fact>
      <Fact label={t('tasks.whoMay')}>{t(`tasks.who.${task.role ?? 'anybody'}`)}</Fact>
    </dl>
  )
}

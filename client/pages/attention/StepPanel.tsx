import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { Link } from 'react-router'
import { useFailureAdvice, useFailureText } from '#client/canvas/failure-words.ts'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { Fact } from '#client/ui/Fact.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { usePhone } from '#client/ui/use-phone.ts'
import { paths } from '../../paths.ts'
import { Trouble } from '../frame/Trouble.tsx'
import { Decision } from './Decision.tsx'
import { type AttentionStep, stepName } from './row.ts'
import { WhyTag } from './WhyTag.tsx'

/** One step beside the list; on a phone over it. */
export function StepPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT('attention')
  const trpc = useTRPC()
  const phone = usePhone()
  const step = useQuery(trpc.attention.get.queryOptions({ id }))
  const title = step.data ? stepName(step.data) : t('title')
  const body = step.data ? (
    <Shown key={id} asked={step.data} onClose={onClose} />
  ) : step.error ? (
    <Trouble error={step.error} onRetry={() => void step.refetch()} />
  ) : (
    <div className="flex animate-late flex-col gap-3">
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-20 w-full" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
  if (phone)
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
        {body}
      </Dialog>
    )
  return (
    <aside aria-label={title} className="flex w-110 shrink-0 flex-col border-line border-l bg-surface">
      <header className="flex items-center gap-2 py-3 pr-3 pl-5">
        <h2 className="min-w-0 grow truncate font-semibold text-lg">{title}</h2>
        <IconButton label={t('close')} onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-5 pb-6">{body}</div>
    </aside>
  )
}

function Shown({ asked, onClose }: { asked: AttentionStep; onClose: () => void }) {
  const t = useT('attention')
  const text = useFailureText()
  const advice = useFailureAdvice()(asked)
  const mayDecide = useCan('edit')
  const { why, status, attempts } = asked
  return (
    <article className="flex flex-col gap-5">
      <section className="flex flex-col items-start gap-2">
        <WhyTag why={why} />
        <h3 className="sr-only">{t('what')}</h3>
        <p className="whitespace-pre-wrap break-words font-medium">{text(asked)}</p>
        <p className="text-muted">{t(`happened.${why}`, { count: attempts })}</p>
        {advice && <p className="text-muted">{advice}</p>}
      </section>
      <Facts asked={asked} />
      {status !== 'open' ? (
        <p className="rounded-md bg-sunken p-3 text-muted">
          {t('decided', { how: t(`decidedHow.${asked.resolution?.how ?? 'none'}`) })}
        </p>
      ) : mayDecide ? (
        <Decision asked={asked} onDone={onClose} />
      ) : (
        <p className="rounded-md bg-sunken p-3 text-muted">{t('viewer')}</p>
      )}
    </article>
  )
}

function Facts({ asked }: { asked: AttentionStep }) {
  const t = useT('attention')
  const { slug } = useTenant()
  const { workflow, connection, runId, step, attempts, createdAt } = asked
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
      <Fact label={t('facts.workflow')}>
        <Link to={paths.workflow(slug, workflow.id)} className="break-words hover:underline">
          {workflow.name}
        </Link>
      </Fact>
      <Fact label={t('facts.step')}>
        <code className="break-all">{step}</code>
      </Fact>
      <Fact label={t('facts.run')}>
        <Link to={paths.run(slug, runId)} className="text-accent hover:underline">
          {t('facts.openRun')}
        </Link>
      </Fact>
      {connection && (
        <Fact label={t('facts.connection')}>
          {connection.name ?? t('filters.removed')}{' '}
          <Link to={`?connection=${connection.id}`} className="text-accent hover:underline">
            {t('facts.allOf')}
          </Link>
        </Fact>
      )}
      <Fact label={t('facts.attempts')}>{attempts}</Fact>
      <Fact label={t('facts.since')}>
        <TimeAgo at={createdAt} />
      </Fact>
    </dl>
  )
}

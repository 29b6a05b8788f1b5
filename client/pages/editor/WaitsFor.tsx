import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { paths } from '../../paths.ts'

/** Whom a step waits for, how long, and the way to the answer. */
export function WaitsFor({ task: id, untilMs }: { task: string; untilMs: number | undefined }) {
  const t = useT('agents')
  const trpc = useTRPC()
  const format = useFormat()
  const { slug } = useTenant()
  const task = useQuery(trpc.tasks.get.queryOptions({ id })).data
  const isPerson = task?.kind === 'approval' || task?.kind === 'form'
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="text-muted">
        {isPerson ? t('steps.waitsFor', { whom: t(`whom.${task.role ?? 'anyone'}`) }) : t('steps.waits')}
        {untilMs !== undefined && ` ${t('steps.until', { at: format.moment(untilMs) })}`}
      </span>
      {isPerson && (
        <Link to={paths.task(slug, id)} className={buttonClass({ size: 'sm' })}>
          {t('steps.openTask')}
        </Link>
      )}
    </div>
  )
}

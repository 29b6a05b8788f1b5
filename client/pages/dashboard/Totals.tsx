import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import type { Figures } from './figures.ts'

/** The five figures that matter, in one line. */
export function Totals({ totals, className }: { totals: Figures['totals']; className?: string }) {
  const t = useT('monitoring')
  const format = useFormat()
  const { runs, succeeded, failed, medianMs, p95Ms, costUsd } = totals
  const judged = succeeded + failed
  return (
    <dl
      aria-label={t('dashboard.totals.label')}
      className={clsx(
        'grid grid-cols-5 divide-x divide-line rounded-md border border-line bg-surface phone:grid-cols-2 phone:divide-x-0',
        className,
      )}
    >
      <Figure name={t('dashboard.totals.runs')}>{format.number(runs)}</Figure>
      <Figure name={t('dashboard.totals.success')} tone={failed > 0 ? undefined : 'good'}>
        {judged === 0 ? '–' : format.percent(succeeded / judged)}
      </Figure>
      <Figure name={t('dashboard.totals.median')}>
        {medianMs === null ? '–' : <Duration ms={medianMs} />}
      </Figure>
      <Figure name={t('dashboard.totals.p95')}>{p95Ms === null ? '–' : <Duration ms={p95Ms} />}</Figure>
      <Figure name={t('dashboard.totals.cost')}>{format.usd(costUsd)}</Figure>
    </dl>
  )
}

function Figure({ name, tone, children }: { name: string; tone?: 'good'; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end gap-0.5 px-4 py-3">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className={clsx('font-semibold text-2xl tabular-nums', tone === 'good' && 'text-good')}>
        {children}
      </dd>
    </div>
  )
}

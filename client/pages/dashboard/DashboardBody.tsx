import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTenantIfAny } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { paths } from '../../paths.ts'
import { CostChart } from './CostChart.tsx'
import type { Days, Figures } from './figures.ts'
import { OutcomeChart } from './OutcomeChart.tsx'
import { QueueNow } from './QueueNow.tsx'
import { TopWorkflows } from './TopWorkflows.tsx'
import { Totals } from './Totals.tsx'

interface DashboardBodyProps {
  figures: Figures
  days: Days
  /** More cards at the end. */
  more?: ReactNode
}

/** The figures of a tenant, or of the whole installation. */
export function DashboardBody({ figures, days, more }: DashboardBodyProps) {
  const { totals, byBucket, queue, waitMs, failing, costs } = figures
  const { running, queued, waiting } = queue
  if (totals.runs + running + queued + waiting === 0 && days === 30) return <NothingYet />
  return (
    <div className="mx-auto grid max-w-320 grid-cols-3 gap-3 px-6 pb-8 phone:grid-cols-1 phone:px-4">
      <Totals totals={totals} className="col-span-full" />
      <OutcomeChart buckets={byBucket} days={days} className="col-span-2 phone:col-span-1" />
      <QueueNow queue={queue} waitMs={waitMs} />
      <CostChart buckets={byBucket} days={days} total={totals.costUsd} />
      <TopWorkflows kind="failing" rows={failing} />
      <TopWorkflows kind="costs" rows={costs} />
      {more}
    </div>
  )
}

function NothingYet() {
  const t = useT('monitoring')
  const tenant = useTenantIfAny()
  return (
    <EmptyState
      drawing="runs"
      title={t('dashboard.emptyTitle')}
      action={
        tenant && (
          <Link to={paths.workflows(tenant.slug)} className={buttonClass({ variant: 'primary' })}>
            {t('dashboard.emptyAction')}
          </Link>
        )
      }
    >
      {t('dashboard.emptyBody')}
    </EmptyState>
  )
}

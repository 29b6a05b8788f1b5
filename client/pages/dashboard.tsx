import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { DashboardBody } from './dashboard/DashboardBody.tsx'
import { DashboardSkeleton } from './dashboard/DashboardSkeleton.tsx'
import { PeriodPicker } from './dashboard/PeriodPicker.tsx'
import { UsageCard } from './dashboard/UsageCard.tsx'
import { usePeriod } from './dashboard/use-period.ts'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'

/** How a tenant's runs go: outcomes, times, cost, and what stands in line. */
export default function Dashboard() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const [days, setDays] = usePeriod()
  const figures = useQuery(
    trpc.dashboard.get.queryOptions({ days }, { refetchInterval: 10_000, placeholderData: (last) => last }),
  )
  return (
    <Page
      title={t('dashboard.title')}
      actions={<PeriodPicker days={days} onChange={setDays} />}
      className="overflow-y-auto"
    >
      {figures.data ? (
        <DashboardBody figures={figures.data} days={days} more={<UsageCard />} />
      ) : figures.error ? (
        <Trouble error={figures.error} onRetry={() => void figures.refetch()} />
      ) : (
        <DashboardSkeleton />
      )}
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { DashboardBody } from '../dashboard/DashboardBody.tsx'
import { DashboardSkeleton } from '../dashboard/DashboardSkeleton.tsx'
import { PeriodPicker } from '../dashboard/PeriodPicker.tsx'
import { usePeriod } from '../dashboard/use-period.ts'
import { Page } from '../frame/Page.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { ByTenant } from './ByTenant.tsx'

/** How the runs of all tenants go. */
export default function AdminOverview() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const [days, setDays] = usePeriod()
  const figures = useQuery(
    trpc.admin.dashboard.queryOptions({ days }, { refetchInterval: 10_000, placeholderData: (last) => last }),
  )
  return (
    <Page
      title={t('admin.title')}
      actions={<PeriodPicker days={days} onChange={setDays} />}
      className="overflow-y-auto"
    >
      {figures.data ? (
        <DashboardBody
          figures={figures.data}
          days={days}
          more={<ByTenant tenants={figures.data.tenants} />}
        />
      ) : figures.error ? (
        <Trouble error={figures.error} onRetry={() => void figures.refetch()} />
      ) : (
        <DashboardSkeleton />
      )}
    </Page>
  )
}

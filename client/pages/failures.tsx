import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { FailurePhoneRow } from './failures/FailurePhoneRow.tsx'
import { useFailureColumns } from './failures/use-columns.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { BulkProgress } from './runs/BulkProgress.tsx'
import { RunTabs } from './runs/RunTabs.tsx'

/** Failed runs gathered by their cause, the one that showed itself last first. */
export default function Failures() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const groups = useQuery(trpc.runs.groups.queryOptions({}, { refetchInterval: 10_000 }))
  const columns = useFailureColumns()
  return (
    <Page title={t('failures.title')} className="flex flex-col">
      <RunTabs current="failures" />
      <BulkProgress />
      {groups.error && !groups.data ? (
        <Trouble error={groups.error} onRetry={() => void groups.refetch()} />
      ) : groups.data?.length === 0 ? (
        <EmptyState drawing="runs" title={t('failures.emptyTitle')}>
          {t('failures.emptyBody')}
        </EmptyState>
      ) : (
        <ListTable
          label={t('runs.tabs.failures')}
          className="min-h-0 grow"
          columns={columns}
          rows={groups.data}
          rowKey={({ failureKey }) => failureKey}
          phoneRow={(row) => <FailurePhoneRow row={row} />}
        />
      )}
    </Page>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { ListTable } from '#client/ui/ListTable.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { NoStep } from './NoStep.tsx'
import { PhoneRow } from './PhoneRow.tsx'
import type { AttentionFilter } from './use-filter.ts'
import { useGroupColumns } from './use-group-columns.tsx'

const LOOK_MS = 10_000

/** Steps gathered by their cause, the one that showed itself last first. */
export function GroupList({ filter }: { filter: AttentionFilter }) {
  const t = useT('attention')
  const trpc = useTRPC()
  const groups = useQuery(trpc.attention.groups.queryOptions(filter.input, { refetchInterval: LOOK_MS }))
  const columns = useGroupColumns(filter)
  if (groups.error && !groups.data)
    return <Trouble error={groups.error} onRetry={() => void groups.refetch()} />
  if (groups.data?.length === 0) return <NoStep filter={filter} />
  return (
    <ListTable
      label={t('title')}
      className="min-h-0 grow"
      columns={columns}
      rows={groups.data}
      rowKey={({ cause }) => cause}
      phoneRow={(row) => <PhoneRow row={row} to={filter.withPart('cause', row.cause)} count={row.count} />}
    />
  )
}

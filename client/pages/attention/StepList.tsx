import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { moreOf, usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { ListTable } from '#client/ui/ListTable.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { NoStep } from './NoStep.tsx'
import { PhoneRow } from './PhoneRow.tsx'
import type { AttentionFilter } from './use-filter.ts'
import { useStepColumns } from './use-step-columns.tsx'

const pageSize = 100
const LOOK_MS = 10_000

/** The steps of one cause, newest first. */
export function StepList({ filter }: { filter: AttentionFilter }) {
  const t = useT('attention')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { input } = filter
  const { list, rows } = usePages({
    queryKey: trpc.attention.list.infiniteQueryKey(input),
    ask: ({ cursor, signal }) =>
      client.attention.list.query({ ...input, cursor, limit: pageSize }, { signal }),
    refetchInterval: LOOK_MS,
  })
  const columns = useStepColumns(filter)
  if (list.error && !rows) return <Trouble error={list.error} onRetry={() => void list.refetch()} />
  if (rows?.length === 0) return <NoStep filter={filter} />
  return (
    <ListTable
      label={t('title')}
      className="min-h-0 grow"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      phoneRow={(row) => <PhoneRow row={row} to={filter.withPart('step', row.id)} />}
      {...moreOf(list)}
    />
  )
}

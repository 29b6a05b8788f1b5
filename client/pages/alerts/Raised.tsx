import { useMemo } from 'react'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { moreOf, usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { type Column, ListTable } from '#client/ui/ListTable.tsx'
import { Tag, type Tone } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { Tooltip } from '#client/ui/Tooltip.tsx'
import { paths } from '../../paths.ts'
import { Trouble } from '../frame/Trouble.tsx'
import type { AlertRow } from './row.ts'

/** What was raised, newest first, and whether anybody heard. */
export function Raised() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { list, rows } = usePages({
    queryKey: trpc.alerts.list.infiniteQueryKey({}),
    ask: ({ cursor, signal }) => client.alerts.list.query({ cursor }, { signal }),
    refetchInterval: 10_000,
  })
  const columns = useColumns()
  if (list.error && !rows) return <Trouble error={list.error} onRetry={() => void list.refetch()} />
  if (rows?.length === 0)
    return (
      <EmptyState drawing="runs" title={t('alerts.emptyTitle')}>
        {t('alerts.emptyBody')}
      </EmptyState>
    )
  return (
    <ListTable
      label={t('alerts.tabs.raised')}
      className="min-h-0 grow"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      phoneRow={(row) => (
        <div className="min-w-0">
          <Summary row={row} />
          <p className="flex items-center gap-3 text-muted text-sm">
            <Delivery row={row} />
            <span className="truncate">{row.rule.name}</span>
            <TimeAgo at={row.createdAt} className="ml-auto shrink-0" />
          </p>
        </div>
      )}
      {...moreOf(list)}
    />
  )
}

function useColumns() {
  const t = useT('monitoring')
  return useMemo<Column<AlertRow>[]>(
    () => [
      {
        id: 'summary',
        header: t('alerts.columns.summary'),
        width: 'minmax(16rem, 2fr)',
        skeleton: '70%',
        cell: (row) => <Summary row={row} />,
      },
      {
        id: 'rule',
        header: t('alerts.columns.rule'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <span className="truncate text-muted">{row.rule.name}</span>,
      },
      {
        id: 'delivery',
        header: t('alerts.columns.delivery'),
        width: '9rem',
        cell: (row) => <Delivery row={row} />,
      },
      {
        id: 'at',
        header: t('alerts.columns.at'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.createdAt} className="truncate text-muted" />,
      },
    ],
    [t],
  )
}

function Summary({ row }: { row: AlertRow }) {
  const { slug } = useTenant()
  const to = row.runId
    ? paths.run(slug, row.runId)
    : row.workflowId
      ? paths.runsOf(slug, row.workflowId)
      : undefined
  if (!to) return <span className="block truncate font-medium">{row.summary}</span>
  return (
    <Link to={to} data-row-link className="block truncate rounded-xs font-medium outline-offset-4">
      {row.summary}
    </Link>
  )
}

const tones: Record<AlertRow['delivery'], Tone> = { pending: 'neutral', sent: 'good', failed: 'bad' }

function Delivery({ row }: { row: AlertRow }) {
  const t = useT('monitoring')
  const tag = <Tag tone={tones[row.delivery]}>{t(`alerts.delivery.${row.delivery}`)}</Tag>
  if (!row.trouble) return tag
  return (
    <Tooltip text={row.trouble}>
      <button type="button" className="rounded-xs">
        {tag}
      </button>
    </Tooltip>
  )
}

import { useMemo } from 'react'
import { Link } from 'react-router'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import type { Column } from '#client/ui/ListTable.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { type RunRow, shownStatus } from './row.ts'

export function useRunColumns() {
  const t = useT('pages')
  const m = useT('monitoring')
  const format = useFormat()
  const { slug } = useTenant()
  return useMemo<Column<RunRow>[]>(
    () => [
      {
        id: 'status',
        header: t('runs.columns.status'),
        width: '8.5rem',
        cell: (row) => <StatusBadge status={shownStatus(row)} />,
      },
      {
        id: 'workflow',
        header: t('runs.columns.workflow'),
        width: 'minmax(11rem, 1.3fr)',
        cell: (row) => (
          <Link
            to={paths.run(slug, row.id)}
            data-row-link
            className="truncate rounded-xs font-medium outline-offset-4"
          >
            {row.workflowName}
          </Link>
        ),
      },
      {
        id: 'result',
        header: t('runs.columns.result'),
        width: 'minmax(9rem, 1.2fr)',
        cell: (row) => <FailureLine failure={row.failure} />,
      },
      {
        id: 'startedBy',
        header: t('runs.columns.startedBy'),
        width: '7.5rem',
        cell: (row) => <span className="truncate text-muted">{t(`runs.startedBy.${row.startedBy}`)}</span>,
      },
      {
        id: 'version',
        header: t('runs.columns.version'),
        width: '5.5rem',
        cell: (row) => (
          <span className="text-muted">
            {row.version === null ? t('runs.draft') : t('runs.version', { version: String(row.version) })}
          </span>
        ),
      },
      {
        id: 'duration',
        header: t('runs.columns.duration'),
        width: '6.5rem',
        align: 'end',
        cell: (row) => <RunDuration row={row} />,
      },
      {
        id: 'cost',
        header: m('runs.cost'),
        width: '5.5rem',
        align: 'end',
        cell: (row) =>
          row.costUsd > 0 && <span className="truncate text-muted">{format.usd(row.costUsd)}</span>,
      },
      {
        id: 'started',
        header: t('runs.columns.started'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.createdAt} className="truncate text-muted" />,
      },
    ],
    [t, m, slug, format],
  )
}

/** Where and why a run failed, on one line. */
export function FailureLine({ failure }: { failure: RunRow['failure'] }) {
  const t = useT('pages')
  if (!failure) return null
  const { step, message } = failure
  return (
    <span className="truncate text-muted text-sm" title={message}>
      {step ? t('runs.failedAt', { step, message }) : message}
    </span>
  )
}

export function RunDuration({ row }: { row: RunRow }) {
  if (!row.startedAt) return null
  return <Duration from={row.startedAt} to={row.finishedAt} className="text-muted tabular-nums" />
}

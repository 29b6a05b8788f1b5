import { useMemo } from 'react'
import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useFormat } from '#client/lib/format.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { RetryCause } from './RetryCause.tsx'
import type { FailureRow } from './row.ts'

export function useFailureColumns() {
  const t = useT('monitoring')
  const text = useFailureText()
  const format = useFormat()
  const { slug } = useTenant()
  return useMemo<Column<FailureRow>[]>(
    () => [
      {
        id: 'cause',
        header: t('failures.columns.cause'),
        width: 'minmax(16rem, 2fr)',
        skeleton: '70%',
        cell: (row) => (
          <Link
            to={paths.runsOfCause(slug, row.failureKey)}
            data-row-link
            title={text(row)}
            className="truncate rounded-xs font-medium outline-offset-4"
          >
            {text(row)}
          </Link>
        ),
      },
      {
        id: 'workflow',
        header: t('failures.columns.workflow'),
        width: 'minmax(11rem, 1fr)',
        cell: (row) => (
          <span className="truncate text-muted">
            {row.workflow.name}
            {row.node && <span className="text-faint"> {t('failures.step', { step: row.node })}</span>}
          </span>
        ),
      },
      {
        id: 'count',
        header: t('failures.columns.count'),
        width: '6rem',
        align: 'end',
        cell: (row) => <span className="font-medium">{format.number(row.count)}</span>,
      },
      {
        id: 'first',
        header: t('failures.columns.first'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.firstAt} className="truncate text-muted" />,
      },
      {
        id: 'last',
        header: t('failures.columns.last'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => (
          <Link
            to={paths.run(slug, row.sampleRunId)}
            aria-label={t('failures.sample')}
            className="truncate rounded-xs text-muted hover:text-ink hover:underline"
          >
            <TimeAgo at={row.lastAt} />
          </Link>
        ),
      },
      {
        id: 'actions',
        header: t('failures.columns.actions'),
        hideHeader: true,
        width: '2.75rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <RetryCause row={row} />,
      },
    ],
    [t, text, slug, format],
  )
}

import { useMemo } from 'react'
import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { type AttentionGroup, stepName } from './row.ts'
import type { AttentionFilter } from './use-filter.ts'
import { WhyTag } from './WhyTag.tsx'

export function useGroupColumns({ withPart }: Pick<AttentionFilter, 'withPart'>) {
  const t = useT('attention')
  const text = useFailureText()
  const format = useFormat()
  return useMemo<Column<AttentionGroup>[]>(
    () => [
      {
        id: 'cause',
        header: t('columns.cause'),
        width: 'minmax(16rem, 2fr)',
        skeleton: '70%',
        cell: (row) => (
          <Link
            to={withPart('cause', row.cause)}
            data-row-link
            title={text(row)}
            className="truncate rounded-xs font-medium outline-offset-4"
          >
            {text(row)}
          </Link>
        ),
      },
      {
        id: 'step',
        header: t('columns.step'),
        width: 'minmax(11rem, 1fr)',
        cell: (row) => (
          <span className="truncate text-muted">
            {row.workflow.name} <span className="text-faint">{stepName(row)}</span>
          </span>
        ),
      },
      {
        id: 'connection',
        header: t('columns.connection'),
        width: 'minmax(7rem, 0.6fr)',
        cell: ({ connection }) => (
          <span className="truncate text-muted">
            {connection ? (connection.name ?? t('filters.removed')) : ''}
          </span>
        ),
      },
      { id: 'why', header: t('columns.why'), width: '10rem', cell: (row) => <WhyTag why={row.why} /> },
      {
        id: 'count',
        header: t('columns.count'),
        width: '5rem',
        align: 'end',
        cell: (row) => <span className="font-medium">{format.number(row.count)}</span>,
      },
      {
        id: 'last',
        header: t('columns.last'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.lastAt} className="truncate text-muted" />,
      },
    ],
    [t, text, format, withPart],
  )
}

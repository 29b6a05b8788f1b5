import { useMemo } from 'react'
import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { type AttentionRow, stepName } from './row.ts'
import type { AttentionFilter } from './use-filter.ts'

export function useStepColumns({ withPart, step: open }: Pick<AttentionFilter, 'withPart' | 'step'>) {
  const t = useT('attention')
  const text = useFailureText()
  const { slug } = useTenant()
  return useMemo<Column<AttentionRow>[]>(
    () => [
      {
        id: 'step',
        header: t('columns.step'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => (
          <Link
            to={withPart('step', row.id)}
            replace
            data-row-link
            aria-label={t('openStep', { step: stepName(row) })}
            aria-current={row.id === open || undefined}
            className="truncate rounded-xs font-medium outline-offset-4 aria-[current]:text-accent"
          >
            {row.step}
          </Link>
        ),
      },
      {
        id: 'cause',
        header: t('columns.cause'),
        width: 'minmax(12rem, 2fr)',
        skeleton: '70%',
        cell: (row) => (
          <span title={text(row)} className="truncate text-muted">
            {text(row)}
          </span>
        ),
      },
      {
        id: 'run',
        header: t('columns.run'),
        width: '6rem',
        cell: ({ runId }) => (
          <Link
            to={paths.run(slug, runId)}
            className="truncate rounded-xs font-mono text-muted text-sm hover:text-ink hover:underline"
          >
            {runId.slice(-8)}
          </Link>
        ),
      },
      {
        id: 'since',
        header: t('columns.since'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.createdAt} className="truncate text-muted" />,
      },
    ],
    [t, text, slug, withPart, open],
  )
}

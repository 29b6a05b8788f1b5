import { useMemo } from 'react'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import type { AuditRow } from './row.ts'

export function useAuditColumns({ onOpen, tenants }: { onOpen: (row: AuditRow) => void; tenants: boolean }) {
  const t = useT('monitoring')
  return useMemo<Column<AuditRow>[]>(
    () => [
      {
        id: 'action',
        header: t('audit.columns.action'),
        width: 'minmax(11rem, 1fr)',
        cell: (row) => <ActionWords row={row} onOpen={onOpen} />,
      },
      {
        id: 'subject',
        header: t('audit.columns.subject'),
        width: 'minmax(11rem, 1.3fr)',
        cell: (row) => (
          <span className="truncate" title={row.subject.id ?? undefined}>
            {row.subject.name || <span className="text-faint">{row.subject.id ?? '–'}</span>}
          </span>
        ),
      },
      {
        id: 'actor',
        header: t('audit.columns.actor'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => (
          <>
            <span className="truncate text-muted">{row.actor.name || '–'}</span>
            {row.actor.kind !== 'user' && <Tag>{t(`audit.kind.${row.actor.kind}`)}</Tag>}
          </>
        ),
      },
      ...(tenants
        ? [
            {
              id: 'tenant',
              header: t('audit.columns.tenant'),
              width: '9rem',
              cell: (row: AuditRow) => <span className="truncate text-muted">{row.tenant?.name ?? '–'}</span>,
            },
          ]
        : []),
      {
        id: 'at',
        header: t('audit.columns.at'),
        width: '8rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.at} className="truncate text-muted" />,
      },
    ],
    [t, onOpen, tenants],
  )
}

/** What was done, in the words of the API; a click shows the rest. */
export function ActionWords({ row, onOpen }: { row: AuditRow; onOpen: (row: AuditRow) => void }) {
  const t = useT('monitoring')
  return (
    <button
      type="button"
      data-row-link
      aria-label={t('audit.open', { action: row.action })}
      onClick={() => onOpen(row)}
      className="min-w-0 truncate rounded-xs text-left font-medium font-mono text-sm outline-offset-4"
    >
      {row.action}
    </button>
  )
}

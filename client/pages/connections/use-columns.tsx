import { useMemo } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { ConnectButton } from './ConnectButton.tsx'
import { ConnectionMenu } from './ConnectionMenu.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { useKindWords } from './use-kind-words.ts'

const shownHosts = 1

interface ColumnsOf {
  kinds: readonly ConnectionKind[]
  onEdit: (row: ConnectionRow) => void
}

export function useConnectionColumns({ kinds, onEdit }: ColumnsOf) {
  const t = useT('pages')
  const words = useKindWords()
  const manages = useCan('administer')
  // biome-ignore lint/correctness/useExhaustiveDependencies: `words` follows `t`
  return useMemo<Column<ConnectionRow>[]>(
    () => [
      {
        id: 'name',
        header: t('connections.columns.name'),
        width: 'minmax(14rem, 1fr)',
        skeleton: '50%',
        cell: (row) => (
          <>
            <NodeIcon
              size="sm"
              group="app"
              icon={kinds.find(({ id }) => id === row.kind)?.icon ?? 'key-round'}
            />
            <ConnectionName row={row} onEdit={manages ? onEdit : undefined} />
          </>
        ),
      },
      {
        id: 'kind',
        header: t('connections.columns.kind'),
        width: '12rem',
        cell: (row) => (
          <span className="truncate text-muted">
            {words.title({ id: row.kind, title: titleOf(kinds, row) })}
          </span>
        ),
      },
      {
        id: 'state',
        header: t('connections.columns.state'),
        width: 'minmax(13rem, 0.8fr)',
        cell: (row) => (
          <span className="flex min-w-0 items-center gap-2">
            <ConnectionState row={row} />
            {manages && row.status === 'reconnect' && <ConnectButton row={row} />}
          </span>
        ),
      },
      {
        id: 'hosts',
        header: t('connections.columns.hosts'),
        width: 'minmax(11rem, 0.8fr)',
        cell: (row) => <HostTags hosts={row.hosts} />,
      },
      {
        id: 'changed',
        header: t('connections.columns.changed'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.updatedAt} className="truncate text-muted" />,
      },
      {
        id: 'actions',
        header: t('connections.columns.actions'),
        hideHeader: true,
        width: '2.75rem',
        align: 'end',
        skeleton: '',
        cell: (row) =>
          manages && (
            <ConnectionMenu row={row} kind={kinds.find(({ id }) => id === row.kind)} onEdit={onEdit} />
          ),
      },
    ],
    [t, kinds, manages, onEdit],
  )
}

export const titleOf = (kinds: readonly ConnectionKind[], row: ConnectionRow) =>
  kinds.find(({ id }) => id === row.kind)?.title ?? row.kind

/** The name, which opens the form for those who may change it. */
export function ConnectionName({
  row,
  onEdit,
}: {
  row: ConnectionRow
  onEdit?: (row: ConnectionRow) => void
}) {
  if (!onEdit) return <span className="truncate font-medium">{row.name}</span>
  return (
    <button
      type="button"
      data-row-link
      onClick={() => onEdit(row)}
      className="min-h-6 truncate rounded-xs text-left font-medium outline-offset-4"
    >
      {row.name}
    </button>
  )
}

function HostTags({ hosts }: { hosts: readonly string[] }) {
  const t = useT('pages')
  const rest = hosts.length - shownHosts
  return (
    <span className="flex min-w-0 items-center gap-1" title={hosts.join(', ')}>
      {hosts.slice(0, shownHosts).map((host) => (
        <Tag key={host} className="min-w-0 font-mono font-normal!">
          <span className="truncate">{host}</span>
        </Tag>
      ))}
      {rest > 0 && (
        <span className="text-faint text-sm">{t('connections.moreHosts', { count: String(rest) })}</span>
      )}
    </span>
  )
}

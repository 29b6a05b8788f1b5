import { useCan } from '#client/lib/session.ts'
import { ConnectButton } from './ConnectButton.tsx'
import { ConnectionMenu } from './ConnectionMenu.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { ConnectionName, titleOf } from './use-columns.tsx'
import { useKindWords } from './use-kind-words.ts'

interface ConnectionPhoneRowProps {
  row: ConnectionRow
  kinds: readonly ConnectionKind[]
  onEdit: (row: ConnectionRow) => void
}

export function ConnectionPhoneRow({ row, kinds, onEdit }: ConnectionPhoneRowProps) {
  const words = useKindWords()
  const manages = useCan('administer')
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <ConnectionName row={row} onEdit={manages ? onEdit : undefined} />
        {row.status === 'reconnect' ? (
          <p>
            <ConnectionState row={row} />
          </p>
        ) : (
          <p className="truncate text-muted text-sm">
            {words.title({ id: row.kind, title: titleOf(kinds, row) })} ·{' '}
            {row.account ?? row.hosts.join(', ')}
          </p>
        )}
      </div>
      {manages && row.status === 'reconnect' && <ConnectButton row={row} />}
      {manages && <ConnectionMenu row={row} kind={kinds.find(({ id }) => id === row.kind)} onEdit={onEdit} />}
    </div>
  )
}

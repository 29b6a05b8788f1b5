import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ConnectionForm } from './ConnectionForm.tsx'
import type { ConnectionKind, ConnectionRow } from './row.ts'

export interface ConnectionDialogProps {
  kinds: readonly ConnectionKind[]
  /** What is edited, `new` to create one, null when closed. */
  connection: ConnectionRow | 'new' | null
  /** Told the id of one that was created, before `onDone` and before anybody leaves to sign in to it. */
  onMade?: (id: string) => void
  onDone: () => void
}

export function ConnectionDialog({ kinds, connection, onMade, onDone }: ConnectionDialogProps) {
  const t = useT('pages')
  const [first] = kinds
  return (
    <Dialog
      open={connection !== null && first !== undefined}
      onOpenChange={(open) => {
        if (!open) onDone()
      }}
      title={connection === 'new' ? t('connections.createTitle') : t('connections.editTitle')}
    >
      {connection !== null && first && (
        <ConnectionForm
          kinds={kinds}
          firstKind={first}
          connection={connection === 'new' ? null : connection}
          onMade={onMade}
          onDone={onDone}
        />
      )}
    </Dialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'

interface NewConnectionProps {
  /** Those the node takes; any when empty. */
  kinds: readonly string[]
  /** Told the new one's id. */
  made: (id: string) => void
  onDone: () => void
}

/** Stores a credential without leaving the drawing. */
export function NewConnection({ kinds, made, onDone }: NewConnectionProps) {
  const trpc = useTRPC()
  const all = useQuery(trpc.connections.kinds.queryOptions()).data ?? []
  const fitting = all.filter(({ id }) => kinds.length === 0 || kinds.includes(id))
  return <ConnectionDialog kinds={fitting} connection="new" onMade={made} onDone={onDone} />
}

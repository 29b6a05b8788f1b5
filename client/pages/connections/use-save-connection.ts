import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { ConnectionLimits } from '#nodes/kit/reliability.ts'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { useConnect } from './use-connect.ts'

interface Saving {
  name: string
  /** Undefined where the kind says them. */
  hosts: string[] | undefined
  /** Undefined keeps the stored credential. */
  fields: Record<string, string> | undefined
  limits: ConnectionLimits
}

/** Creates a connection, or changes the one given. */
export function useSaveConnection(about: {
  connection: ConnectionRow | null
  kind: ConnectionKind
  onMade?: (id: string) => void
  onDone: () => void
}) {
  const { connection, kind, onMade, onDone } = about
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const refresh = () => queryClient.invalidateQueries(trpc.connections.list.pathFilter())
  const saved = async (title: string) => {
    await refresh()
    toast({ tone: 'good', title })
    onDone()
  }
  const { connect, connecting } = useConnect()
  // What somebody signs in to is of no use before they did: there they go at once.
  const goOn = async (id: string) => {
    if (kind.signsIn) await connect(id)
  }
  const create = useMutation(
    trpc.connections.create.mutationOptions({
      onSuccess: async ({ id }, { name }) => {
        if (onMade) await refresh()
        onMade?.(id)
        await goOn(id)
        await saved(t('connections.created', { name }))
      },
    }),
  )
  const update = useMutation(
    trpc.connections.update.mutationOptions({
      onSuccess: async (_, { id, name = '', fields }) => {
        if (fields) await goOn(id)
        await saved(t('connections.saved', { name }))
      },
    }),
  )
  const save = ({ name, hosts, fields, limits }: Saving) =>
    connection
      ? update.mutate({
          ...{ id: connection.id, name, limits },
          ...(hosts ? { hosts } : {}),
          ...(fields ? { fields } : {}),
        })
      : create.mutate({ name, kind: kind.id, ...(hosts ? { hosts } : {}), fields: fields ?? {} })
  return {
    save,
    error: create.error ?? update.error,
    busy: create.isPending || update.isPending || connecting,
  }
}

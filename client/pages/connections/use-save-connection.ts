import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { ConnectionRow } from './row.ts'

interface Saving {
  name: string
  kind: string
  hosts: string[]
  /** Undefined keeps the stored credential. */
  fields: Record<string, string> | undefined
}

/** Creates a connection, or changes the one given. */
export function useSaveConnection(about: { connection: ConnectionRow | null; onDone: () => void }) {
  const { connection, onDone } = about
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const saved = async (title: string) => {
    await queryClient.invalidateQueries(trpc.connections.list.pathFilter())
    toast({ tone: 'good', title })
    onDone()
  }
  const create = useMutation(
    trpc.connections.create.mutationOptions({
      onSuccess: (_, { name }) => saved(t('connections.created', { name })),
    }),
  )
  const update = useMutation(
    trpc.connections.update.mutationOptions({
      onSuccess: (_, { name = '' }) => saved(t('connections.saved', { name })),
    }),
  )
  const save = ({ name, kind, hosts, fields }: Saving) =>
    connection
      ? update.mutate({ id: connection.id, name, hosts, ...(fields ? { fields } : {}) })
      : create.mutate({ name, kind, hosts, fields: fields ?? {} })
  return { save, error: create.error ?? update.error, busy: create.isPending || update.isPending }
}

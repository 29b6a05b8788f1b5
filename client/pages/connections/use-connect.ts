import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'

/** Signs in to a connection's service: leaves for it, and comes back to the connections. */
export function useConnect() {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const showTrouble = useTroubleToast()
  const start = useMutation(
    trpc.connections.oauthStart.mutationOptions({
      onSuccess: async ({ url }) => {
        if (url !== null) return window.location.assign(url)
        await queryClient.invalidateQueries(trpc.connections.list.pathFilter())
        toast({ tone: 'good', title: t('connections.connectedNow') })
      },
      onError: showTrouble,
    }),
  )
  // Trouble was shown; who waits goes on.
  const connect = (id: string) => start.mutateAsync({ id }).catch(() => undefined)
  return { connect, connecting: start.isPending }
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { ConnectionRow } from './row.ts'

/** Asks the other side whether a connection works, and says what came of it. */
export function useTry(row: ConnectionRow) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const showTrouble = useTroubleToast()
  const { name } = row
  const test = useMutation(
    trpc.connections.test.mutationOptions({
      onSuccess: async (tested) => {
        await queryClient.invalidateQueries(trpc.connections.list.pathFilter())
        if (!tested.ok)
          return toast({ tone: 'bad', title: t('connections.testFailed', { name }), body: tested.message })
        const body = tested.account ? { body: t('connections.testedAs', { account: tested.account }) } : {}
        toast({ tone: 'good', title: t('connections.tested', { name }), ...body })
      },
      onError: showTrouble,
    }),
  )
  return { attempt: () => test.mutate({ id: row.id }), trying: test.isPending }
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { toast } from '#client/ui/toasts.ts'
import type { RunFilterInput } from './row.ts'

export type BulkKind = 'retry' | 'cancel'

/** Asks first, saying how many runs it is about, then begins the job that `BulkProgress` shows. */
export function useBulk() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const start = useMutation(
    trpc.bulk.start.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.bulk.list.pathFilter()),
      onError,
    }),
  )
  return async (kind: BulkKind, filter: RunFilterInput, title = t(`runs.bulk.${kind}Title`)) => {
    const status =
      kind === 'retry' ? (['failed', 'cancelled'] as const) : (['queued', 'running', 'waiting'] as const)
    const wanted = filter.status ? status.filter((one) => filter.status?.includes(one)) : [...status]
    const fitting = { ...filter, status: wanted }
    const { total, more } =
      wanted.length === 0
        ? { total: 0, more: false }
        : await client.runs.count.query(fitting).catch((error: unknown) => {
            onError(error)
            return { total: -1, more: false }
          })
    if (total < 0) return
    if (total === 0) {
      toast({ title: t('runs.bulk.none') })
      return
    }
    const many = more ? t('runs.bulk.many', { count: total }) : t('runs.bulk.matches', { count: total })
    const question = {
      title,
      body: `${many} ${t(`runs.bulk.${kind}Body`)}`,
      action: t(`runs.bulk.${kind}Action`),
      tone: kind === 'retry' ? ('primary' as const) : ('danger' as const),
    }
    if (await confirm(question)) start.mutate({ kind, filter: fitting })
  }
}

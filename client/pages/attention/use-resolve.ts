import { useMutation, useQueryClient } from '@tanstack/react-query'
import { troubleOf, useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { AttentionFilterInput, Resolution } from './row.ts'

/** Decides about one step. What is wrong with what was given stays with the form: `issues`. */
export function useResolve(onDone: () => void) {
  const t = useT('attention')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const troubleToast = useTroubleToast()
  const mutation = useMutation(
    trpc.attention.resolve.mutationOptions({
      onSuccess(_, { resolution }) {
        toast({ tone: 'good', title: t(`done.${resolution.how}`) })
        onDone()
      },
      onError(error) {
        const { code, issues } = troubleOf(error)
        if (code === 'conflict') toast({ title: t('fasterTitle'), body: t('fasterBody') })
        else if (issues.length === 0) troubleToast(error)
      },
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(trpc.attention.pathFilter()),
          queries.invalidateQueries(trpc.runs.pathFilter()),
        ]),
    }),
  )
  return {
    busy: mutation.isPending,
    issues: mutation.error ? troubleOf(mutation.error).issues : [],
    resolve: (id: string, resolution: Resolution) => mutation.mutate({ id, resolution }),
  }
}

/** Begins to decide about all of a filter; `BulkProgress` shows how far it is. */
export function useResolveMany(onBegun: () => void) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const mutation = useMutation(
    trpc.attention.resolveMany.mutationOptions({
      onSuccess: async () => {
        onBegun()
        await Promise.all([
          queries.invalidateQueries(trpc.bulk.list.pathFilter()),
          queries.invalidateQueries(trpc.attention.pathFilter()),
        ])
      },
      onError: useTroubleToast(),
    }),
  )
  return {
    busy: mutation.isPending,
    resolveMany: (filter: AttentionFilterInput, resolution: Resolution) =>
      mutation.mutate({ filter, resolution }),
  }
}

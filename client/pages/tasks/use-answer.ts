import { useMutation, useQueryClient } from '@tanstack/react-query'
import { troubleOf, useTroubleToast } from '#client/lib/errors.ts'
import { useUser } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { Json } from '#nodes/kit/json.ts'
import type { Task } from './row.ts'

export type Said = 'approved' | 'rejected' | 'answered'

/** Answers a task. It shows as answered at once; where somebody else was faster, what they said shows instead. */
export function useAnswer({ id }: Pick<Task, 'id'>) {
  const t = useT('people')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const user = useUser()
  const troubleToast = useTroubleToast()
  const queryKey = trpc.tasks.get.queryKey({ id })
  const mutation = useMutation(
    trpc.tasks.answer.mutationOptions({
      async onMutate({ value }) {
        await queries.cancelQueries({ queryKey })
        const before = queries.getQueryData(queryKey)
        if (before) queries.setQueryData(queryKey, answered(before, { value, by: user.id }))
        return { before }
      },
      onError(error, _, context) {
        if (context?.before) queries.setQueryData(queryKey, context.before)
        if (troubleOf(error).code === 'conflict')
          toast({ title: t('tasks.fasterTitle'), body: t('tasks.fasterBody') })
        else troubleToast(error)
      },
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries(trpc.tasks.pathFilter()),
          queries.invalidateQueries(trpc.runs.pathFilter()),
        ]),
    }),
  )
  return {
    busy: mutation.isPending,
    answer: (value: Json, said: Said) => {
      if (mutation.isPending) return
      mutation.mutate(
        { id, value },
        { onSuccess: () => toast({ tone: 'good', title: t(`tasks.done.${said}`) }) },
      )
    },
  }
}

const answered = (task: Task, { value, by }: { value: Json; by: string }): Task => ({
  ...task,
  status: 'answered',
  mayAnswer: false,
  answer: value,
  answeredBy: by,
  answeredAt: new Date().toISOString(),
})

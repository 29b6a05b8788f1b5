import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { troubleOf, useTroubleToast, useTroubleWords } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { toast } from '#client/ui/toasts.ts'
import type { Values } from '#nodes/graph/library/parameter.ts'
import type { Choices } from '#nodes/graph/merge/conflict.ts'
import { paths } from '../../paths.ts'
import type { Upgrade } from './row.ts'

/** Updates the draft and goes to it, with a way back in the toast. */
export function useApplyUpgrade({ workflowId, upgrade }: { workflowId: string; upgrade: Upgrade }) {
  const t = useT('library')
  const trpc = useTRPC()
  const navigate = useNavigate()
  const { slug } = useTenant()
  const words = useTroubleWords()
  const forget = useForget()
  const revert = useRevert(workflowId)
  const apply = useMutation(
    trpc.library.upgrade.mutationOptions({
      onError: async (error) => {
        if (troubleOf(error).code === 'conflict') await forget()
      },
      onSuccess: async ({ version }) => {
        await forget()
        toast({
          tone: 'good',
          title: t('update.done', { version: String(version) }),
          action: { label: t('update.undo'), onClick: revert },
        })
        await navigate(paths.workflow(slug, workflowId))
      },
    }),
  )
  const stale = apply.error && troubleOf(apply.error).code === 'conflict'
  return {
    busy: apply.isPending,
    error: apply.error ? (stale ? t('update.stale') : words(apply.error).body) : null,
    submit: ({ choices, values }: { choices: Choices; values: Values }) => {
      const given = Object.keys(values).length > 0 ? { values } : {}
      apply.mutate({ workflowId, version: upgrade.to, revision: upgrade.revision, choices, ...given })
    },
  }
}

/** Takes the last update of a workflow back; asks when work would be lost by it. */
export function useRevert(workflowId: string) {
  const t = useT('library')
  const trpc = useTRPC()
  const onError = useTroubleToast()
  const forget = useForget()
  const ask = async () => {
    const question = {
      title: t('update.revert'),
      body: t('update.revertEdited'),
      action: t('update.revertAction'),
    }
    if (await confirm(question)) revert.mutate({ workflowId, discard: true })
  }
  const revert = useMutation(
    trpc.library.revert.mutationOptions({
      onSuccess: async ({ version }) => {
        toast({ title: t('update.undone', { version: String(version) }) })
        await forget()
        // The editor holds a draft of its own: it begins again with the one that was put back.
        if (location.pathname.endsWith(workflowId)) location.reload()
      },
      onError: (error) => {
        if (troubleOf(error).details.edited === true) void ask()
        else onError(error)
      },
    }),
  )
  return () => revert.mutate({ workflowId })
}

function useForget() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  return async () => {
    await Promise.all([
      queries.invalidateQueries(trpc.library.pathFilter()),
      queries.resetQueries(trpc.workflows.get.pathFilter()),
    ])
  }
}

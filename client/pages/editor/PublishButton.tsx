import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Autosave } from '#client/canvas/autosave.ts'
import { sameDocument } from '#client/canvas/same-document.ts'
import { useEditor } from '#client/canvas/store.ts'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { toast } from '#client/ui/toasts.ts'
import { useCheckNow } from './use-problems.ts'

export interface PublishButtonProps {
  workflow: { id: string; publishedVersion: number | null }
  autosave: Autosave
  onPublished: () => void
  onProblems: () => void
}

/** Makes the draft the next version; says which number that is. Problems that stop it are shown instead. */
export function PublishButton({ workflow, autosave, onPublished, onProblems }: PublishButtonProps) {
  const t = useT('editor')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const onError = useTroubleToast()
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id: workflow.id })).data
  const hasErrors = useEditor((state) => state.problems.some((problem) => problem.severity === 'error'))
  const checkNow = useCheckNow()
  const next = (versions?.[0]?.number ?? 0) + 1
  const unchanged = useUnchanged(workflow)
  const publish = useMutation({
    mutationFn: async () => {
      // What is drawn is what is published: the draft is saved first.
      const state = await autosave.flush()
      if (state.kind !== 'saved') return null
      return client.workflows.publish.mutate({ id: workflow.id, revision: autosave.revision() })
    },
    onSuccess: (published) => {
      if (!published) return toast({ title: t('publish.unsaved') })
      toast({ tone: 'good', title: t('publish.done', { number: published.version }) })
      void queries.invalidateQueries(trpc.workflows.pathFilter())
      onPublished()
    },
    onError,
  })
  if (unchanged)
    return (
      <Button disabled title={t('publish.sameHelp', { number: workflow.publishedVersion ?? 0 })}>
        {t('publish.same')}
      </Button>
    )
  return (
    <Button
      variant="primary"
      busy={publish.isPending}
      // What is known may be a moment old: who has just solved a problem must not be held back by it.
      onClick={() => (checkNow() ? onProblems() : publish.mutate())}
      title={hasErrors ? t('publish.problems') : undefined}
    >
      {t('publish.action', { number: next })}
    </Button>
  )
}

/** Whether the drawing is what is published already. */
function useUnchanged({ id, publishedVersion }: PublishButtonProps['workflow']): boolean {
  const trpc = useTRPC()
  const drawing = useDeferredValue(useEditor((state) => state.document))
  const published = useQuery(
    trpc.workflows.version.queryOptions(
      { id, number: publishedVersion ?? 1 },
      { enabled: publishedVersion !== null, staleTime: Number.POSITIVE_INFINITY },
    ),
  ).data
  return useMemo(
    () => publishedVersion !== null && published !== undefined && sameDocument(drawing, published.document),
    [drawing, published, publishedVersion],
  )
}

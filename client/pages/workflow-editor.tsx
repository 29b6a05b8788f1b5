import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useLocale } from 'use-intl'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { isLocale } from '#client/lib/locale.ts'
import { localizeNode } from '#client/lib/localize-node.ts'
import { useCan } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { EditorBody } from './editor/EditorBody.tsx'
import { EditorSkeleton } from './editor/EditorSkeleton.tsx'
import type { Workflow } from './editor/workflow.ts'
import { Trouble } from './frame/Trouble.tsx'

/** Draws, runs and publishes one workflow. */
export default function WorkflowEditor() {
  const { id = '' } = useParams()
  const trpc = useTRPC()
  const workflow = useQuery(trpc.workflows.get.queryOptions({ id }, { refetchOnWindowFocus: false }))
  const catalog = useQuery(
    trpc.nodes.catalog.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const error = workflow.error ?? catalog.error
  if (error && !workflow.data) {
    const retry = () => void Promise.all([workflow.refetch(), catalog.refetch()])
    return <Trouble error={error} onRetry={retry} />
  }
  if (!workflow.data || !catalog.data) return <EditorSkeleton />
  return <Editor key={id} workflow={workflow.data} catalog={catalog.data} />
}

function Editor({ workflow, catalog }: { workflow: Workflow; catalog: readonly NodeInfo[] }) {
  const locale = useLocale()
  const canEdit = useCan('edit')
  const queries = useQueryClient()
  const trpc = useTRPC()
  const [params, setParams] = useSearchParams()
  const [guide, setGuide] = useState(params.get('guide') === '1')
  const infos = useMemo(
    () => catalog.map((info) => localizeNode(info, isLocale(locale) ? locale : 'en')),
    [catalog, locale],
  )
  // The draft is loaded once: from then on the editor's own is the newest, and a save says when it is not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language must not forget what was drawn
  const store = useMemo(
    () => createEditorStore({ document: workflow.draft, infos, readonly: !canEdit }),
    [workflow.id, canEdit],
  )
  const [revision] = useState(workflow.draftRevision)
  useEffect(() => {
    document.title = `${workflow.name} · Trama`
  }, [workflow.name])
  // Coming back must not show the draft as it was when the page was opened.
  useEffect(
    () => () => queries.removeQueries(trpc.workflows.get.queryFilter({ id: workflow.id })),
    [queries, trpc, workflow.id],
  )
  const closeGuide = () => {
    setGuide(false)
    setParams({}, { replace: true })
  }
  return (
    <EditorContext value={store}>
      <EditorBody
        workflow={workflow}
        revision={revision}
        store={store}
        guide={guide}
        onGuide={(open) => (open ? setGuide(true) : closeGuide())}
      />
    </EditorContext>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useParams } from 'react-router'
import { useLocale } from 'use-intl'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { isLocale } from '#client/lib/locale.ts'
import { localizeNode } from '#client/lib/localize-node.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { EditorSkeleton } from './editor/EditorSkeleton.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { RunBody } from './run/RunBody.tsx'
import type { ShownRunDetails } from './run/run-details.ts'

/** One run, as it went or as it goes: on the canvas, step by step, with all its data. */
export default function RunPage() {
  const { id = '' } = useParams()
  const trpc = useTRPC()
  const run = useQuery(trpc.runs.get.queryOptions({ id }))
  const catalog = useQuery(
    trpc.nodes.catalog.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const error = run.error ?? catalog.error
  if (error && !run.data) {
    const retry = () => void Promise.all([run.refetch(), catalog.refetch()])
    return <Trouble error={error} onRetry={retry} />
  }
  if (!run.data || !catalog.data) return <EditorSkeleton />
  return <Run key={id} details={run.data} catalog={catalog.data} />
}

function Run({ details, catalog }: { details: ShownRunDetails; catalog: readonly NodeInfo[] }) {
  const locale = useLocale()
  const infos = useMemo(
    () => catalog.map((info) => localizeNode(info, isLocale(locale) ? locale : 'en')),
    [catalog, locale],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run's document never changes
  const store = useMemo(
    () => createEditorStore({ document: details.document, infos, readonly: true }),
    [details.run.id, infos],
  )
  useEffect(() => {
    document.title = `${details.workflow.name} · Trama`
  }, [details.workflow.name])
  return (
    <EditorContext value={store}>
      <RunBody details={details} store={store} />
    </EditorContext>
  )
}

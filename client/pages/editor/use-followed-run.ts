import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { runOverlay } from '#client/canvas/run-overlay.ts'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { type EditorStore, useEditor } from '#client/canvas/store.ts'
import { showRun } from '#client/canvas/verbs.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { useRunEvents } from './use-run-events.ts'

export interface FollowedRun {
  id: string | null
  record: RunRecord | null
  follow: (runId: string | null) => void
  /** Runs of this workflow that start from now on are followed by themselves. */
  listening: boolean
  setListening: (listening: boolean) => void
  /** The values of the last run, for previews; shown on the canvas or not. */
  sample: { record: RunRecord; document: WorkflowDocument } | null
}

/** The run shown on the editor's canvas: started here, called from outside, or chosen from the list. */
export function useFollowedRun(store: EditorStore, workflowId: string): FollowedRun {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const [id, setId] = useState<string | null>(null)
  const [listening, setListening] = useState(true)
  const { record } = useRunEvents(id)
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)

  useSubscription(
    trpc.runs.changes.subscriptionOptions(undefined, {
      onData: (change) => {
        if (change.workflowId !== workflowId) return
        void queries.invalidateQueries(trpc.runs.list.pathFilter())
        const isOpen = record?.status === 'queued' || record?.status === 'running'
        if (listening && change.begins && !isOpen) setId(change.runId)
      },
    }),
  )

  const overlay = useMemo(
    () => record && runOverlay({ document: drawing, find, record }),
    [drawing, find, record],
  )
  useEffect(() => {
    showRun(store, id !== null && record && overlay ? { id, record, overlay } : null)
  }, [store, id, record, overlay])

  const last = useLastRun(workflowId, id)
  const sample = useMemo(() => {
    const known = record?.trigger ? record : last
    return known ? { record: known, document: drawing } : null
  }, [record, last, drawing])
  const follow = useCallback((runId: string | null) => setId(runId), [])
  return { id, record, follow, listening, setListening, sample }
}

/** What the newest run gave, while none is followed. */
function useLastRun(workflowId: string, followed: string | null): RunRecord | null {
  const trpc = useTRPC()
  const newest = useQuery(trpc.runs.list.queryOptions({ workflowId, limit: 1 })).data?.items[0]?.id ?? null
  return useRunEvents(followed === null ? newest : null).record
}

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Outputs } from '#client/lib/router-types.ts'
import { useTRPC } from '#client/lib/trpc.ts'

/** A run to compare with. */
export interface Candidate {
  id: string
  status: Outputs['runs']['list']['items'][number]['status']
  createdAt: string
  /** It goes on from the run, or the run from it. */
  isReplay: boolean
}

const LATEST = 30

/** The runs that replay it or that it replays, and then the latest runs of its workflow. */
export function useCandidates(id: string) {
  const trpc = useTRPC()
  const run = useQuery(trpc.runs.get.queryOptions({ id }))
  const related = useQuery(trpc.runs.related.queryOptions({ id }))
  const workflowId = run.data?.workflow.id
  const latest = useQuery(
    trpc.runs.list.queryOptions(
      { workflowId, limit: LATEST, status: ['succeeded', 'failed', 'cancelled'] },
      { enabled: workflowId !== undefined },
    ),
  )
  const candidates = useMemo((): Candidate[] | undefined => {
    if (!related.data || !latest.data) return undefined
    const { replayed, replays } = related.data
    const own = [...(replayed ? [replayed] : []), ...replays].map((each) => ({ ...each, isReplay: true }))
    const known = new Set([id, ...own.map((each) => each.id)])
    const others = latest.data.items
      .filter((each) => !known.has(each.id))
      .map((each) => ({ ...each, isReplay: false }))
    return [...own, ...others]
  }, [id, related.data, latest.data])
  const all = [run, related, latest]
  return {
    candidates,
    error: all.find(({ error }) => error)?.error ?? null,
    refetch: () => Promise.all(all.filter(({ error }) => error).map((query) => query.refetch())),
  }
}

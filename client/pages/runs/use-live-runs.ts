import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { byCursor } from '#client/lib/use-pages.ts'
import { freshRuns, mergeRuns } from './merge.ts'
import type { RunFilterInput, RunRow } from './row.ts'

export const pageSize = 100
/** Many changes in a moment ask the server once. */
const gatherMs = 400

/**
 * The runs of a filter, newest first, kept up to date: rows that are shown change in place; runs that started since
 * are counted in `fresh` and join the list when asked.
 */
export function useLiveRuns(input: RunFilterInput) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const queryKey = trpc.runs.list.infiniteQueryKey(input)
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.runs.list.query({ ...input, cursor: pageParam, limit: pageSize }, { signal }),
    ...byCursor,
    // The subscription below says what changes; refetching every page would make rows jump.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const { latest, look } = useLatest(input)
  const subscription = useSubscription(
    trpc.runs.changes.subscriptionOptions(undefined, { onStarted: look, onData: look }),
  )

  const loaded = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  const rows = useMemo(() => loaded && mergeRuns(loaded, latest), [loaded, latest])
  const fresh = loaded ? freshRuns(loaded, latest).length : 0
  return {
    list,
    rows,
    fresh,
    showFresh: () => void queryClient.resetQueries({ queryKey }),
    live: liveness(subscription.status),
  }
}

function liveness(status: 'idle' | 'connecting' | 'pending' | 'error'): 'on' | 'starting' | 'lost' {
  if (status === 'pending') return 'on'
  return status === 'error' ? 'lost' : 'starting'
}

/** The newest page as the server has it now, asked again a moment after a change. */
function useLatest(input: RunFilterInput) {
  const client = useTRPCClient()
  const [latest, setLatest] = useState<readonly RunRow[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter forgets what the last one saw
  useEffect(() => {
    setLatest([])
    return () => clearTimeout(timer.current)
  }, [input])
  const look = useCallback(() => {
    if (timer.current) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      client.runs.list.query({ ...input, limit: pageSize }).then(
        ({ items }) => setLatest(items),
        // The list stays as it was; the next change asks again.
        () => undefined,
      )
    }, gatherMs)
  }, [client, input])
  return { latest, look }
}

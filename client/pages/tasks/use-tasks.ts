import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import type { TaskFilter } from './use-filter.ts'

const pageSize = 100
/** Many changes in a moment ask the server once. */
const gatherMs = 500

const firstPage = (): string | undefined => undefined

/** The tasks of a filter, newest first; asked again when runs change, as those are who ask. */
export function useTasks(input: TaskFilter['input']) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const list = useInfiniteQuery({
    queryKey: trpc.tasks.list.infiniteQueryKey(input),
    queryFn: ({ pageParam, signal }) =>
      client.tasks.list.query({ ...input, cursor: pageParam, limit: pageSize }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const look = useLook()
  useSubscription(trpc.runs.changes.subscriptionOptions(undefined, { onStarted: look, onData: look }))
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  return { list, rows }
}

function useLook() {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void queries.invalidateQueries(trpc.tasks.pathFilter())
    }, gatherMs)
  }, [queries, trpc])
}

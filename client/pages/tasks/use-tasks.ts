import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useCallback, useEffect, useRef } from 'react'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { usePages } from '#client/lib/use-pages.ts'
import type { TaskFilter } from './use-filter.ts'

const pageSize = 100
/** Many changes in a moment ask the server once. */
const gatherMs = 500

/** The tasks of a filter, newest first; asked again when runs change, as those are who ask. */
export function useTasks(input: TaskFilter['input']) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const pages = usePages({
    queryKey: trpc.tasks.list.infiniteQueryKey(input),
    ask: ({ cursor, signal }) => client.tasks.list.query({ ...input, cursor, limit: pageSize }, { signal }),
  })
  const look = useLook()
  useSubscription(trpc.runs.changes.subscriptionOptions(undefined, { onStarted: look, onData: look }))
  return pages
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

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import type { Json } from '#nodes/kit/json.ts'

/** A tenant with more has to know its workflows by other means than a list. */
const MOST_PAGES = 20

/** The tenant's workflows for a form that asks for one; undefined for other forms, and until all are here. */
export function useWorkflowChoices(info: NodeInfo): { id: string; name: string }[] | undefined {
  const trpc = useTRPC()
  const asks = useMemo(() => asksForWorkflow(info.params), [info])
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(
    trpc.workflows.list.infiniteQueryOptions(
      {},
      { enabled: asks, getNextPageParam: ({ next }) => next ?? undefined },
    ),
  )
  const pages = data?.pages.length ?? 0
  const more = asks && hasNextPage && pages < MOST_PAGES
  useEffect(() => {
    if (more && !isFetching) void fetchNextPage()
  }, [more, isFetching, fetchNextPage])
  return useMemo(() => {
    if (!data || more) return undefined
    const all = data.pages.flatMap(({ items }) => items.map(({ id, name }) => ({ id, name })))
    return all.sort((left, right) => left.name.localeCompare(right.name))
  }, [data, more])
}

function asksForWorkflow(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (!Array.isArray(value) && value.widget === 'workflow') return true
  return Object.values(value).some(asksForWorkflow)
}

import { keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

interface ListPage<Row> {
  items: Row[]
  /** Where the next page begins; null at the end. */
  next: string | null
}

interface PagesAbout<Row> {
  queryKey: QueryKey
  ask: (about: { cursor: string | undefined; signal: AbortSignal }) => Promise<ListPage<Row>>
  /** While another search is under way the rows of the last one stay. */
  keep?: boolean
  refetchInterval?: number
}

const firstPage = (): string | undefined => undefined

/** What every list that comes page by page says: where to begin, and where to go on. */
export const byCursor = {
  initialPageParam: firstPage(),
  getNextPageParam: ({ next }: { next: string | null }) => next ?? undefined,
}

/** How a list goes on: for `ListTable`. */
export function moreOf(list: {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<unknown>
}) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  return {
    more: isFetchingNextPage,
    onEnd: hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined,
  }
}

/** A list that comes page by page; `rows` are those of all pages so far, undefined while the first one comes. */
export function usePages<Row>({ queryKey, ask, keep, refetchInterval }: PagesAbout<Row>) {
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask({ cursor: pageParam, signal }),
    ...byCursor,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(refetchInterval === undefined ? {} : { refetchInterval }),
  })
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items), [list.data])
  return { list, rows }
}

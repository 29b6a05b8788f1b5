import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useKindWords } from '../connections/use-kind-words.ts'

/** The kinds of connection there are, with their titles in the viewer's language. */
export function useConnectionKinds() {
  const trpc = useTRPC()
  const words = useKindWords()
  const { data: kinds = [] } = useQuery(
    trpc.connections.kinds.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  return {
    kinds,
    titleOf: (id: string) => {
      const kind = kinds.find((one) => one.id === id)
      return kind ? words.title(kind) : id
    },
  }
}

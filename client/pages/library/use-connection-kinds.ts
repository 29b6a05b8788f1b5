import { useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { TenantContext } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useKindWords } from '../connections/use-kind-words.ts'

/** The kinds of connection there are, with their titles in the viewer's language. */
export function useConnectionKinds() {
  const trpc = useTRPC()
  const words = useKindWords()
  const inTenant = useContext(TenantContext) !== null
  const forever = { staleTime: Number.POSITIVE_INFINITY }
  const own = useQuery(trpc.connections.kinds.queryOptions(undefined, { ...forever, enabled: inTenant }))
  const reviewing = useQuery(trpc.admin.catalog.queryOptions(undefined, { ...forever, enabled: !inTenant }))
  const kinds = own.data ?? reviewing.data?.kinds ?? []
  return {
    kinds,
    titleOf: (id: string) => {
      const kind = kinds.find((one) => one.id === id)
      return kind ? words.title(kind) : id
    },
  }
}

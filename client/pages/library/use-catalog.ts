import { useQuery } from '@tanstack/react-query'
import { useContext, useMemo } from 'react'
import { useLocale } from 'use-intl'
import { isLocale, type Locale } from '#client/lib/locale.ts'
import { localizeNode } from '#client/lib/localize-node.ts'
import { TenantContext } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'

/** What there is to know of nodes, in the viewer's language; empty until it is there. */
export function useCatalog() {
  const trpc = useTRPC()
  const locale = useAppLocale()
  const inTenant = useContext(TenantContext) !== null
  const forever = { staleTime: Number.POSITIVE_INFINITY }
  const own = useQuery(trpc.nodes.catalog.queryOptions(undefined, { ...forever, enabled: inTenant }))
  // A review is about no tenant of the reader's.
  const reviewing = useQuery(trpc.admin.catalog.queryOptions(undefined, { ...forever, enabled: !inTenant }))
  const data = own.data ?? reviewing.data?.nodes
  return useMemo(() => {
    const infos: NodeInfo[] = (data ?? []).map((info) => localizeNode(info, locale))
    const byType = new Map(infos.map((info) => [info.id, info]))
    return {
      infos,
      ready: data !== undefined,
      titleOf: (type: string) => byType.get(type)?.title ?? type,
      byType,
    }
  }, [data, locale])
}

export function useAppLocale(): Locale {
  const locale = useLocale()
  return isLocale(locale) ? locale : 'en'
}

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLocale } from 'use-intl'
import { readStep } from '#client/canvas/run-record.ts'
import { isLocale } from '#client/lib/locale.ts'
import { localizeNode } from '#client/lib/localize-node.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { Compared } from './Comparison.tsx'

/** What steps are called: by the maker's own name for the node, by its kind, or by its key. */
export function useNodeNames(nodes: Compared['nodes']): (step: string) => string {
  const trpc = useTRPC()
  const locale = useLocale()
  const catalog = useQuery(
    trpc.nodes.catalog.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  ).data
  return useMemo(() => {
    const titles = new Map(
      (catalog ?? []).map((info) => [
        `${info.id} ${info.version}`,
        localizeNode(info, isLocale(locale) ? locale : 'en').title,
      ]),
    )
    const names = new Map(
      nodes.map(({ key, type, version, name }) => [key, name ?? titles.get(`${type} ${version}`) ?? key]),
    )
    return (step) => {
      const { key } = readStep(step)
      return names.get(key) ?? key
    }
  }, [nodes, catalog, locale])
}

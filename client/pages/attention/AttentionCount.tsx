import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { NavCount } from '../frame/NavCount.tsx'

const LOOK_MS = 30_000

/** How many steps need attention; looked at again from time to time, and after each decision. */
export function useAttentionCount(): number {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.attention.count.queryOptions({}, { refetchInterval: LOOK_MS, staleTime: LOOK_MS }),
  )
  return data?.open ?? 0
}

/** The count beside the navigation's “Needs attention”. */
export function AttentionCount({ dot }: { dot?: boolean }) {
  const t = useT('attention')
  const count = useAttentionCount()
  return <NavCount count={count} words={t('open', { count })} tone="warn" dot={dot} />
}

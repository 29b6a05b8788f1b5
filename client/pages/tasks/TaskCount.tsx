import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { NavCount } from '../frame/NavCount.tsx'

const LOOK_MS = 30_000

/** How many tasks wait for who is signed in; looked at again from time to time, and after each answer. */
export function useTaskCount(): number {
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.tasks.count.queryOptions(undefined, { refetchInterval: LOOK_MS, staleTime: LOOK_MS }),
  )
  return data?.open ?? 0
}

/** The count beside the navigation's “Tasks”; nothing when none waits. */
export function TaskCount({ dot = false }: { dot?: boolean }) {
  const t = useT('people')
  const count = useTaskCount()
  return <NavCount count={count} words={t('tasks.count', { count })} tone="rose" dot={dot} />
}

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'

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
  if (count === 0) return null
  return (
    <span
      className={
        dot
          ? 'absolute -top-1 left-1/2 ml-1 flex h-4 min-w-4 items-center justify-center rounded-full bg-rose px-1 font-semibold text-surface text-xs tabular-nums'
          : 'ml-auto flex h-5 min-w-5 items-center justify-center rounded-full bg-rose-soft px-1.5 font-semibold text-rose text-xs tabular-nums'
      }
    >
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('tasks.count', { count })}</span>
    </span>
  )
}

import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type RunRecord, runRecord } from '#client/canvas/run-record.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import type { StoredEvent } from '#server/engine/history.ts'

const GATHER_MS = 60

/** A run as it is and as it goes on; null until its first event is here. Reconnects where it stopped. */
export function useRunEvents(runId: string | null): { record: RunRecord | null; live: boolean } {
  const trpc = useTRPC()
  const [events, setEvents] = useState<readonly StoredEvent[]>([])
  const gathered = useRef<StoredEvent[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run starts from nothing
  useEffect(() => {
    gathered.current = []
    setEvents([])
    return () => {
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [runId])
  const isOver = events.at(-1)?.event.type === 'run.finished'
  const subscription = useSubscription(
    trpc.runs.watch.subscriptionOptions(
      { id: runId ?? '' },
      {
        enabled: runId !== null && !isOver,
        onData: ({ data }) => {
          // After a reconnect the last event may come twice.
          if (data.seq <= (gathered.current.at(-1)?.seq ?? 0)) return
          gathered.current.push(data)
          timer.current ??= setTimeout(() => {
            timer.current = undefined
            setEvents([...gathered.current])
          }, GATHER_MS)
        },
      },
    ),
  )
  const record = useMemo(() => (events.length === 0 ? null : runRecord(events)), [events])
  return { record, live: subscription.status === 'pending' }
}

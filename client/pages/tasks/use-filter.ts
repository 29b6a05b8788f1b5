import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { taskStatuses } from './row.ts'

/** The filters of the tasks list, held by the address. What is open shows unless something else is asked for. */
export function useTaskFilter() {
  const [query, setQuery] = useSearchParams()
  const asked = query.get('status')
  const status = asked === 'any' ? 'any' : (taskStatuses.find((one) => one === asked) ?? 'open')
  const mine = query.get('mine') === '1'
  const input = useMemo(
    () => ({ ...(status === 'any' ? {} : { status }), ...(mine ? { mine } : {}) }),
    [status, mine],
  )
  const set = (name: 'status' | 'mine', value: string) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  return {
    status,
    mine,
    input,
    active: status !== 'open' || mine,
    setStatus: (value: string) => set('status', value === 'open' ? '' : value),
    setMine: (on: boolean) => set('mine', on ? '1' : ''),
    clear: () => setQuery({}, { replace: true }),
  }
}

export type TaskFilter = ReturnType<typeof useTaskFilter>

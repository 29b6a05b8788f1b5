import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { type RunFilterInput, runStatuses, starts } from './row.ts'

const names = ['status', 'workflow', 'by', 'search', 'cause'] as const

/** The filters of the runs list; the address holds them, so a filtered list can be linked and reloaded. */
export function useRunFilter() {
  const [query, setQuery] = useSearchParams()
  const status = runStatuses.find((status) => status === query.get('status')) ?? ''
  const startedBy = starts.find((start) => start === query.get('by')) ?? ''
  const workflowId = query.get('workflow') ?? ''
  const search = query.get('search') ?? ''
  const failureKey = query.get('cause') ?? ''
  const input = useMemo<RunFilterInput>(
    () => ({
      ...(status ? { status: [status] } : {}),
      ...(startedBy ? { startedBy: [startedBy] } : {}),
      ...(workflowId ? { workflowId } : {}),
      ...(search.trim() ? { search: search.trim() } : {}),
      ...(failureKey ? { failureKey } : {}),
    }),
    [status, startedBy, workflowId, search, failureKey],
  )
  const set = (name: (typeof names)[number], value: string) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const active = Object.keys(input).length > 0
  return {
    status,
    startedBy,
    workflowId,
    search,
    failureKey,
    input,
    active,
    set,
    clear: () => setQuery({}, { replace: true }),
  }
}

export type RunFilter = ReturnType<typeof useRunFilter>

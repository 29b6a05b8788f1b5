import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { type AttentionFilterInput, whys } from './row.ts'

type Name = 'workflow' | 'why' | 'connection' | 'cause' | 'step'

/** What the page shows, held by its address: the filter, and the step that is open. */
export function useAttentionFilter() {
  const [query, setQuery] = useSearchParams()
  const why = whys.find((one) => one === query.get('why')) ?? ''
  const workflowId = query.get('workflow') ?? ''
  const connectionId = query.get('connection') ?? ''
  const cause = query.get('cause') ?? ''
  const step = query.get('step')
  const input = useMemo<AttentionFilterInput>(
    () => ({
      ...(why ? { why } : {}),
      ...(workflowId ? { workflowId } : {}),
      ...(connectionId ? { connectionId } : {}),
      ...(cause ? { cause } : {}),
    }),
    [why, workflowId, connectionId, cause],
  )
  const set = (name: Name, value: string) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: name !== 'cause' },
    )
  /** The address of the page with one thing of it changed, for links. */
  const withPart = (name: Name, value: string) => {
    const next = new URLSearchParams(query)
    next.set(name, value)
    return `?${next.toString()}`
  }
  return {
    why,
    workflowId,
    connectionId,
    cause,
    step,
    input,
    active: Object.keys(input).length > 0,
    set,
    withPart,
    clear: () => setQuery({}, { replace: true }),
  }
}

export type AttentionFilter = ReturnType<typeof useAttentionFilter>

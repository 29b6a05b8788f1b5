import { useCallback, useEffect, useState } from 'react'
import { ask } from './api.ts'

export type Settings =
  | { state: 'loading' }
  | { state: 'gone' }
  /** It was here, and is over. */
  | { state: 'closed' }
  | { state: 'broken' }
  | { state: 'here'; body: unknown }

function stateOf(status: number): 'gone' | 'closed' | 'broken' {
  if (status === 410) return 'closed'
  return status === 404 || status === 405 ? 'gone' : 'broken'
}

/** What a hosted page shows, as its workflow says. */
export function useSettings(url: string): Settings & { retry: () => void } {
  const [settings, setSettings] = useState<Settings>({ state: 'loading' })
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks again
  useEffect(() => {
    let stale = false
    void ask(url).then((reply) => {
      if (stale) return
      if (reply.ok) setSettings({ state: 'here', body: reply.body })
      else setSettings({ state: stateOf(reply.status) })
    })
    return () => {
      stale = true
    }
  }, [url, turn])
  const retry = useCallback(() => {
    setSettings({ state: 'loading' })
    setTurn((before) => before + 1)
  }, [])
  return { ...settings, retry }
}

import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'
import type { ConnectionRow } from './row.ts'

/** Says how signing in went to who comes back from it, once: the address forgets it. */
export function useReturn(rows: readonly ConnectionRow[] | undefined) {
  const t = useT('pages')
  const [query, setQuery] = useSearchParams()
  useEffect(() => {
    if (!rows) return
    for (const outcome of ['connected', 'denied', 'failed'] as const) {
      const row = rows.find(({ id }) => id === query.get(outcome))
      if (!row) continue
      const tone = outcome === 'connected' ? 'good' : 'bad'
      toast({ tone, title: t(`connections.back.${outcome}`, { name: row.name }) })
      setQuery({}, { replace: true })
    }
  }, [rows, query, setQuery, t])
}

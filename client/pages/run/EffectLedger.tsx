import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EffectRow } from './EffectRow.tsx'
import type { Choice } from './timeline-rows.ts'

export interface EffectLedgerProps {
  id: string
  ended: boolean
  onChoose: (choice: Choice) => void
}

const LOOK_MS = 5_000

/** What the run did to the world outside, below its steps. Nothing is shown of a run without effects. */
export function EffectLedger({ id, ended, onChoose }: EffectLedgerProps) {
  const t = useT('effects')
  const trpc = useTRPC()
  const [isOpen, setOpen] = useState(false)
  const list = useId()
  const { data, isError, refetch } = useQuery(
    trpc.runs.effects.queryOptions({ id }, { refetchInterval: ended ? false : LOOK_MS }),
  )
  // The last of them come with the end.
  useEffect(() => {
    if (ended) void refetch()
  }, [ended, refetch])
  if (isError) return <p className="border-line border-t px-4 py-2 text-muted text-sm">{t('failed')}</p>
  if (!data || data.items.length === 0) return null
  const { items, more } = data
  const unknown = items.filter(({ outcome }) => outcome === 'unknown').length
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <section aria-label={t('title')} className="flex max-h-[45%] shrink-0 flex-col border-line border-t">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={list}
        onClick={() => setOpen(!isOpen)}
        className="flex h-9 shrink-0 items-center gap-2 px-4 font-medium text-muted text-sm hover:bg-hover hover:text-ink"
      >
        <Chevron aria-hidden className="size-4" />
        {t('title')}
        <span className="text-faint tabular-nums">{items.length + more}</span>
        {unknown > 0 && <span className="ml-auto text-warn">{t('unknown', { count: unknown })}</span>}
      </button>
      {isOpen && (
        <div id={list} className="min-h-0 overflow-y-auto">
          <p className="px-4 pb-2 text-faint text-sm">{t('help')}</p>
          <ul>
            {items.map((effect) => (
              <EffectRow key={`${effect.step}/${effect.name ?? ''}`} effect={effect} onChoose={onChoose} />
            ))}
          </ul>
          {more > 0 && <p className="px-4 py-2 text-muted text-sm">{t('more', { count: more })}</p>}
        </div>
      )}
    </section>
  )
}

import { Search as SearchIcon } from 'lucide-react'
import { useId, useMemo, useRef, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { DataRow } from './DataRow.tsx'
import { type Place, pickedAt, rowsOf, search, type TreeRow } from './data-tree.ts'
import { type Picking, usePickTarget } from './picking.ts'
import type { DataSource } from './scope.ts'

const PAGE = 100

export interface DataPanelProps {
  sources: readonly DataSource[]
  /** Shared with the form: says where a value goes. */
  picking: Picking
}

/** The data of earlier steps: click a value, or drag it, and it is in the field. */
export function DataPanel({ sources, picking }: DataPanelProps) {
  const t = useT('forms')
  const target = usePickTarget(picking)
  const [text, setText] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [more, setMore] = useState<ReadonlyMap<string, number>>(new Map())
  const [current, setCurrent] = useState<string | null>(null)
  const tree = useRef<HTMLDivElement>(null)
  const hint = useId()

  const rows = useMemo((): TreeRow[] => {
    if (text.trim() !== '') {
      return search(sources, text).map((place) => ({ kind: 'place', place, open: false, canOpen: false }))
    }
    // Sources and what is right inside them are open at first, but a body of many fields is one click away.
    const isOpen = (place: Place) => (place.depth === 0) !== toggled.has(place.id)
    return rowsOf(sources, { isOpen, more })
  }, [sources, text, toggled, more])

  const places = rows.flatMap((row) => (row.kind === 'place' ? [row] : []))
  const active = places.find((row) => row.place.id === current) ?? places[0]
  const toggle = (id: string) =>
    setToggled((ids) => {
      const next = new Set(ids)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const insert = (place: Place) => picking.insert(pickedAt(place))
  const focusOn = (row: (typeof places)[number] | undefined) => {
    if (!row) return
    setCurrent(row.place.id)
    tree.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(row.place.id)}"]`)?.focus()
  }
  const onKey = (key: string): boolean => {
    if (!active) return false
    const at = places.indexOf(active)
    const parent = places.slice(0, at).findLast((row) => row.place.depth < active.place.depth)
    switch (key) {
      case 'ArrowDown':
        focusOn(places[at + 1])
        return true
      case 'ArrowUp':
        focusOn(places[at - 1])
        return true
      case 'Home':
        focusOn(places[0])
        return true
      case 'End':
        focusOn(places.at(-1))
        return true
      case 'ArrowRight':
        if (active.canOpen && !active.open) toggle(active.place.id)
        else if (active.open) focusOn(places[at + 1])
        return true
      case 'ArrowLeft':
        if (active.open) toggle(active.place.id)
        else focusOn(parent)
        return true
      case 'Enter':
      case ' ':
        insert(active.place)
        return true
      default:
        return false
    }
  }

  if (sources.length === 0) return <p className="p-4 text-muted text-sm">{t('data.empty')}</p>
  return (
    <section aria-label={t('data.title')} className="flex min-h-0 grow flex-col">
      <div className="flex shrink-0 flex-col gap-2 border-line border-b p-3">
        <TextInput
          type="search"
          icon={<SearchIcon />}
          aria-label={t('data.search')}
          placeholder={t('data.search')}
          className="[&::-webkit-search-cancel-button]:hidden"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            focusOn(active)
          }}
        />
        <p id={hint} className="text-faint text-xs">
          {target ? t('data.goesTo', { field: target.label }) : t('data.chooseField')}
        </p>
      </div>
      {places.length === 0 && <p className="p-4 text-muted text-sm">{t('data.noMatch', { text })}</p>}
      <div
        ref={tree}
        role="tree"
        aria-label={t('data.title')}
        aria-describedby={hint}
        onKeyDown={(event) => onKey(event.key) && event.preventDefault()}
        className="min-h-0 grow overflow-y-auto py-1"
      >
        {rows.map((row) => {
          const indent = { paddingLeft: `${('place' in row ? row.place.depth : row.depth) * 14 + 30}px` }
          switch (row.kind) {
            case 'place':
              return (
                <DataRow
                  key={row.place.id}
                  row={row}
                  found={text.trim() !== ''}
                  focusable={row === active}
                  onToggle={() => toggle(row.place.id)}
                  onFocus={() => setCurrent(row.place.id)}
                  // The whole of a step is seldom what is wanted: a click opens it; Enter and dragging take it.
                  onClick={() =>
                    row.place.depth === 0 && row.canOpen ? toggle(row.place.id) : insert(row.place)
                  }
                />
              )
            case 'more':
              return (
                <div key={row.id} style={indent}>
                  <Button
                    size="sm"
                    variant="quiet"
                    onClick={() => setMore((old) => new Map(old).set(row.of, (old.get(row.of) ?? 0) + PAGE))}
                  >
                    {t('data.more', { count: Math.min(row.left, PAGE) })}
                  </Button>
                </div>
              )
            case 'unknown':
              return (
                <p key={row.id} style={indent} className="py-1 pr-3 text-faint text-xs">
                  {t('data.unknownFields')}
                </p>
              )
            default:
              return row satisfies never
          }
        })}
      </div>
    </section>
  )
}

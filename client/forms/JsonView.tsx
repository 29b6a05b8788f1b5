import { Search as SearchIcon } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { JsonViewRow } from './JsonViewRow.tsx'
import { type JsonPlace, jsonRows, rootPlace, SHOWN, searchJson } from './json-rows.ts'

const RAW_SHOWN = 100_000

export interface JsonViewProps {
  value: Json
  /** How expressions call it, such as `steps.fetch`: paths to copy start with it. */
  name?: string
  /** Depth that is open at first. */
  openTo?: number
}

/** A value to read: as a tree or as text, with search and copy. */
export function JsonView({ value, name = 'value', openTo = 2 }: JsonViewProps) {
  const t = useT('forms')
  const [mode, setMode] = useState<'tree' | 'raw'>('tree')
  const [text, setText] = useState('')
  const root = useMemo(() => rootPlace(name, value), [name, value])
  const raw = useMemo(() => JSON.stringify(value, null, 2), [value])
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-2">
      <div className="flex min-w-0 items-center gap-1.5">
        <TextInput
          type="search"
          icon={<SearchIcon />}
          aria-label={t('view.search')}
          placeholder={t('view.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          disabled={mode === 'raw'}
          className="h-7! text-sm! [&::-webkit-search-cancel-button]:hidden"
        />
        <Button
          size="sm"
          variant="quiet"
          aria-pressed={mode === 'raw'}
          onClick={() => setMode(mode === 'raw' ? 'tree' : 'raw')}
        >
          {t(mode === 'raw' ? 'view.tree' : 'view.raw')}
        </Button>
        <CopyButton text={raw} compact size="sm" variant="quiet" />
      </div>
      {mode === 'raw' ? <Raw text={raw} /> : <Tree root={root} search={text} openTo={openTo} />}
    </div>
  )
}

function Raw({ text }: { text: string }) {
  const t = useT('forms')
  return (
    <>
      <pre className="min-h-0 overflow-auto whitespace-pre-wrap break-words font-mono text-sm">
        {text.slice(0, RAW_SHOWN)}
      </pre>
      {text.length > RAW_SHOWN && (
        <p className="text-faint text-xs">{t('view.longRaw', { count: RAW_SHOWN })}</p>
      )}
    </>
  )
}

interface TreeProps {
  root: JsonPlace
  search: string
  openTo: number
}

function Tree({ root, search, openTo }: TreeProps) {
  const t = useT('forms')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map())
  const searching = search.trim() !== ''
  const found = useMemo(() => (searching ? searchJson(root, search) : []), [root, search, searching])
  const rows = useMemo(
    () =>
      jsonRows(root, {
        isOpen: (place) => place.depth < openTo !== toggled.has(place.path),
        shown: (path) => shown.get(path) ?? SHOWN,
      }),
    [root, openTo, toggled, shown],
  )
  if (searching) {
    return (
      <>
        <p role="status" className="text-faint text-xs">
          {t('view.found', { count: found.length })}
        </p>
        <ul className="min-h-0 overflow-auto">
          {found.map((place) => (
            <JsonViewRow key={place.path} place={place} flat />
          ))}
        </ul>
      </>
    )
  }
  const toggle = (path: string) =>
    setToggled((paths) => {
      const next = new Set(paths)
      if (!next.delete(path)) next.add(path)
      return next
    })
  return (
    <ul className="min-h-0 overflow-auto">
      {rows.map((row) =>
        row.kind === 'value' ? (
          <JsonViewRow
            key={row.place.path}
            place={row.place}
            open={row.open}
            onToggle={() => toggle(row.place.path)}
          />
        ) : (
          <li key={`${row.of} more`} style={{ paddingLeft: `${row.depth * 16 + 12}px` }}>
            <Button
              size="sm"
              variant="quiet"
              onClick={() => setShown((old) => new Map(old).set(row.of, (old.get(row.of) ?? SHOWN) * 2))}
            >
              {t('view.more', { count: Math.min(row.left, shown.get(row.of) ?? SHOWN) })}
            </Button>
          </li>
        ),
      )}
    </ul>
  )
}

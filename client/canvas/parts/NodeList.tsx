import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { useT } from '../../lib/use-t.ts'
import { NodeIcon } from '../../ui/NodeIcon.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { paletteSections, type Section } from '../palette-sections.ts'
import { searchNodes } from '../search-nodes.ts'
import { useEditor } from '../store.ts'

/** The drag type of a kind of node; its content is `id@version`. */
export const NODE_DRAG = 'application/x-trama-node'

export interface NodeListProps {
  onChoose: (info: NodeInfo) => void
  /** Kinds that make no sense here are left out. */
  allow?: (info: NodeInfo) => boolean
  autoFocus?: boolean
  className?: string
}

/** Every kind of node, searched by typing; chosen by Enter or a click, or dragged onto the canvas. */
export function NodeList({ onChoose, allow, autoFocus, className }: NodeListProps) {
  const t = useT('editor')
  const infos = useEditor((state) => state.infos)
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const [typing, setTyping] = useState(false)
  const id = useId()
  const entries = useMemo(() => infos.filter((info) => allow?.(info) ?? true), [infos, allow])
  const found = useMemo(() => inSections(searchNodes(entries, query), query !== ''), [entries, query])
  const flat = found.flatMap((section) => section.entries)

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = Math.min(flat.length - 1, Math.max(0, active + step))
      setActive(next)
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const entry = flat[active]
      if (entry) onChoose(entry)
    }
  }

  return (
    <div className={clsx('flex min-h-0 flex-col', className)}>
      <div className="p-2">
        <TextInput
          icon={<Search />}
          role="combobox"
          aria-label={t('palette.search')}
          aria-expanded
          aria-controls={id}
          aria-activedescendant={flat.length > 0 ? `${id}-${active}` : undefined}
          placeholder={t('palette.search')}
          value={query}
          autoFocus={autoFocus}
          onKeyDown={onKeyDown}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
          onChange={(event) => {
            setQuery(event.target.value)
            setActive(0)
          }}
        />
      </div>
      <div
        id={id}
        role="listbox"
        aria-label={t('palette.title')}
        className="min-h-0 overflow-y-auto px-2 pb-3"
      >
        {flat.length === 0 && <p className="px-2 py-6 text-center text-muted text-sm">{t('palette.none')}</p>}
        {found.map((section) => (
          <div key={`${section.group ?? 'found'} ${section.service ?? ''}`}>
            {section.group && (
              <div role="presentation" className="px-2 pt-2.5 pb-1 font-medium text-faint text-xs">
                {section.service ?? t(`groups.${section.group}`)}
              </div>
            )}
            {section.entries.map((entry) => {
              const index = flat.indexOf(entry)
              return (
                <EntryRow
                  key={entry.id}
                  id={`${id}-${index}`}
                  info={entry}
                  active={typing && index === active}
                  onChoose={onChoose}
                />
              )
            })}
          </div>
        ))}
      </div>
    </div>
  )
}

/** By group while nothing is asked, in one list of the best when something is. */
function inSections(entries: NodeInfo[], asked: boolean): (Pick<Section, 'entries'> & Partial<Section>)[] {
  if (asked) return entries.length > 0 ? [{ entries }] : []
  return paletteSections(entries)
}

interface EntryRowProps {
  id: string
  info: NodeInfo
  active: boolean
  onChoose: (info: NodeInfo) => void
}

function EntryRow({ id, info, active, onChoose }: EntryRowProps) {
  const { title, summary } = info
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field above has the keyboard
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-label={title}
      title={summary}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(NODE_DRAG, `${info.id}@${info.version}`)
        event.dataTransfer.effectAllowed = 'copy'
      }}
      onClick={() => onChoose(info)}
      className={clsx(
        'flex cursor-grab select-none items-center gap-2.5 rounded-sm px-2 py-1.5 hover:bg-hover active:cursor-grabbing',
        active && 'bg-hover',
      )}
    >
      <NodeIcon icon={info.icon} group={info.group} size="md" />
      <span className="min-w-0">
        <span className="block truncate text-sm">{title}</span>
        <span className="block truncate text-faint text-xs">{summary}</span>
      </span>
    </div>
  )
}

import { clsx } from 'clsx'
import { ChevronRight as ChevronIcon } from 'lucide-react'
import type { DragEvent } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { exprAt, type Place, pickedAt } from './data-tree.ts'
import { startDrag } from './picked-drag.ts'
import { shortPath } from './pill-for.ts'
import { pillText } from './preview-text.ts'

interface DataRowProps {
  row: { place: Place; open: boolean; canOpen: boolean }
  /** In the results of a search: says where it was found. */
  found: boolean
  focusable: boolean
  onToggle: () => void
  onFocus: () => void
  onClick: () => void
}

/** One value: its name, its type, what it was in the last run. */
export function DataRow({ row, found, focusable, onToggle, onFocus, onClick }: DataRowProps) {
  const t = useT('forms')
  const { place, open, canOpen } = row
  const isSource = place.depth === 0
  const name = place.isElement ? t('data.eachElement') : place.name
  return (
    <div
      role="treeitem"
      tabIndex={focusable ? 0 : -1}
      aria-level={found ? 1 : place.depth + 1}
      aria-expanded={canOpen ? open : undefined}
      aria-selected={false}
      data-place={place.id}
      title={exprAt(place)}
      draggable
      onDragStart={(event) => drag(event, place)}
      onFocus={onFocus}
      onClick={onClick}
      onKeyDown={() => undefined}
      style={{ paddingLeft: `${(found ? 0 : place.depth) * 14 + 10}px` }}
      className={clsx(
        'group/data flex min-h-7 cursor-grab items-center gap-1.5 pr-3 outline-offset-[-2px] hover:bg-hover',
        isSource && 'mt-1 font-medium first:mt-0',
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
        className={clsx(
          'flex size-5 shrink-0 items-center justify-center text-faint',
          !canOpen && 'invisible',
        )}
      >
        <ChevronIcon
          className={clsx('size-3.5 transition-transform duration-[120ms]', open && 'rotate-90')}
        />
      </button>
      {isSource && <NodeIcon icon={place.source.icon} group={place.source.group} size="sm" />}
      <span
        className={clsx('truncate text-sm', place.isElement && 'text-muted italic', 'max-w-3/5 shrink-0')}
      >
        {name}
      </span>
      {place.value === undefined ? (
        <span className="truncate text-faint text-xs">
          {isSource && place.source.sample === undefined ? t('data.notRun') : t(`types.${place.type}`)}
        </span>
      ) : (
        <ValuePreview place={place} />
      )}
      {found && (
        <span className="ml-auto truncate pl-2 font-mono text-faint text-xs">{shortPath(exprAt(place))}</span>
      )}
    </div>
  )
}

function ValuePreview({ place }: { place: Place }) {
  const t = useT('forms')
  const { value } = place
  if (value === undefined) return null
  if (Array.isArray(value)) return <Faint text={t('view.elements', { count: value.length })} />
  if (typeof value === 'object' && value !== null) {
    return <Faint text={t('view.fields', { count: Object.keys(value).length })} />
  }
  return (
    <span className="ml-auto min-w-0 truncate font-mono text-muted text-xs">
      {typeof value === 'string' ? `"${pillText(value, 60)}"` : String(value)}
    </span>
  )
}

const Faint = ({ text }: { text: string }) => (
  <span className="ml-auto shrink-0 text-faint text-xs">{text}</span>
)

/** What is dragged looks like the pill it will be. */
function drag(event: DragEvent, place: Place) {
  startDrag(event.dataTransfer, pickedAt(place))
  const pill = document.createElement('div')
  pill.className =
    'fixed -top-20 left-0 rounded-xs border border-accent-line bg-accent-soft px-2 py-0.5 font-mono text-accent text-xs'
  pill.textContent = shortPath(exprAt(place))
  document.body.append(pill)
  event.dataTransfer.setDragImage(pill, 12, 12)
  setTimeout(() => pill.remove())
}

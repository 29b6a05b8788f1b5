import { clsx } from 'clsx'
import { ChevronRight as ChevronIcon } from 'lucide-react'
import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import type { Json } from '#nodes/kit/index.ts'
import type { JsonPlace } from './json-rows.ts'
import { previewText } from './preview-text.ts'

const FOLDED_AT = 240

interface JsonViewRowProps {
  place: JsonPlace
  open?: boolean
  onToggle?: () => void
  /** A result of a search: named by its path. */
  flat?: boolean
}

/** One value: its name, and what it is. */
export function JsonViewRow({ place, open = false, onToggle, flat }: JsonViewRowProps) {
  const t = useT('forms')
  const { value, inside } = place
  const canOpen = onToggle !== undefined && inside !== null && inside > 0
  return (
    <li
      style={{ paddingLeft: flat ? 0 : `${place.depth * 16}px` }}
      className="group/json flex min-h-6 min-w-0 items-start gap-1 rounded-xs py-0.5 font-mono text-sm hover:bg-hover"
    >
      <button
        type="button"
        aria-expanded={open}
        aria-label={place.name}
        onClick={onToggle}
        className={clsx(
          'flex size-5 shrink-0 items-center justify-center text-faint',
          !canOpen && 'invisible',
        )}
      >
        <ChevronIcon
          aria-hidden
          className={clsx('size-3.5 transition-transform duration-[120ms]', open && 'rotate-90')}
        />
      </button>
      <span
        title={place.path}
        className={clsx('shrink-0', flat ? 'max-w-1/2 truncate text-faint' : 'text-muted')}
      >
        {flat ? place.path : place.name}
      </span>
      <span className="min-w-0 grow pl-1.5">
        {inside === null ? (
          <Plain value={value} />
        ) : (
          <span className="block truncate font-sans text-faint text-xs leading-5">
            {Array.isArray(value)
              ? t('view.elements', { count: inside })
              : t('view.fields', { count: inside })}
            {!open && inside > 0 && <span className="pl-2 font-mono">{previewText(value, 60)}</span>}
          </span>
        )}
      </span>
      <span className="-my-1 shrink-0 opacity-0 focus-within:opacity-100 group-hover/json:opacity-100">
        <CopyButton
          text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
          compact
          size="sm"
          variant="quiet"
        />
      </span>
    </li>
  )
}

function Plain({ value }: { value: Json }) {
  const t = useT('forms')
  const [whole, setWhole] = useState(false)
  if (typeof value !== 'string') {
    return <span className={value === null ? 'text-faint' : 'text-violet'}>{String(value)}</span>
  }
  const isLong = value.length > FOLDED_AT
  return (
    <span className="whitespace-pre-wrap break-words text-good">
      "{whole || !isLong ? value : `${value.slice(0, FOLDED_AT)}…`}"
      {isLong && (
        <button
          type="button"
          onClick={() => setWhole(!whole)}
          className="ml-1.5 rounded-xs font-sans text-accent text-xs underline-offset-2 hover:underline"
        >
          {t(whole ? 'view.less' : 'view.whole')}
        </button>
      )}
    </span>
  )
}

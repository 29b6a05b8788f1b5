import { clsx } from 'clsx'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'

export interface InlineTextProps {
  label: string
  value: string
  placeholder?: string
  maxLength?: number
  readOnly?: boolean
  autoFocus?: boolean
  className?: string
  /** With another text than before, on Enter or when the field is left. */
  onCommit: (text: string) => void
  onCancel?: () => void
}

/** A text that looks like text until it is edited. Escape takes back. */
export function InlineText(props: InlineTextProps) {
  const { label, value, placeholder, maxLength, readOnly, autoFocus, className, onCommit, onCancel } = props
  const [text, setText] = useState(value)
  const cancelled = useRef(false)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (autoFocus) input.current?.select()
  }, [autoFocus])
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') event.currentTarget.blur()
    if (event.key !== 'Escape') return
    event.stopPropagation()
    cancelled.current = true
    event.currentTarget.blur()
  }
  const onBlur = () => {
    const changed = text !== value && !cancelled.current
    if (changed) onCommit(text)
    else {
      setText(value)
      onCancel?.()
    }
    cancelled.current = false
  }
  return (
    <input
      ref={input}
      aria-label={label}
      value={text}
      placeholder={placeholder}
      maxLength={maxLength}
      readOnly={readOnly}
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      className={clsx(
        'w-full min-w-0 truncate rounded-sm border border-transparent bg-transparent px-1.5 placeholder:text-ink hover:border-line focus:border-accent focus:bg-surface focus:outline-none',
        className,
      )}
    />
  )
}

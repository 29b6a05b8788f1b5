import { ArrowUp } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'

const MOST_BYTES = 8 * 1024
const bytesOf = (text: string) => new TextEncoder().encode(text).length

export interface ComposerProps {
  busy: boolean
  accent: Record<`--${string}`, string>
  onSay: (text: string) => void
}

/** Where a message is written. Enter sends, Shift and Enter begins a line. */
export function Composer({ busy, accent, onSay }: ComposerProps) {
  const t = useT('people')
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const over = bytesOf(text.trim()) - MOST_BYTES
  const ready = !busy && over <= 0 && text.trim() !== ''
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!ready) return
    onSay(text.trim())
    setText('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method is choosing signs, Enter is its own.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    submit()
  }
  return (
    <form onSubmit={submit}>
      <div className="flex items-end gap-2 rounded-lg border border-edge/70 bg-surface p-1.5 pl-3.5 transition-colors duration-[120ms] focus-within:border-accent focus-within:outline-2 focus-within:outline-accent/35">
        <textarea
          ref={field}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          aria-label={t('chat.message')}
          aria-invalid={over > 0 || undefined}
          aria-describedby={over > 0 ? 'too-long' : undefined}
          placeholder={t('chat.placeholder')}
          className="field-sizing-content max-h-40 min-h-9 w-full min-w-0 resize-none bg-transparent py-1.5 text-lg leading-6 outline-none"
        />
        <button
          type="submit"
          aria-label={t('chat.send')}
          aria-disabled={!ready}
          style={accent}
          className={`${buttonClass({ variant: 'primary' })} size-9! rounded-md! px-0! aria-disabled:cursor-default aria-disabled:opacity-45`}
        >
          <ArrowUp aria-hidden />
        </button>
      </div>
      {over > 0 && (
        <p id="too-long" className="mt-1.5 px-1 text-bad text-sm">
          {t('chat.tooLong', { count: over })}
        </p>
      )}
    </form>
  )
}

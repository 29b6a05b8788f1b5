import { RotateCcw } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { AlertIcon } from '#client/ui/icons.tsx'
import type { Entry, Pending } from './conversation.ts'

const Markdown = lazy(async () => ({ default: (await import('#client/ui/Markdown.tsx')).Markdown }))

const own =
  'ml-auto max-w-[85%] whitespace-pre-wrap break-words rounded-lg rounded-br-xs bg-accent px-3.5 py-2 text-lg text-on-accent'
const theirs =
  'w-fit max-w-[92%] rounded-lg rounded-bl-xs border border-line bg-surface px-3.5 py-2.5 text-lg'

/** What Markdown could make something of. Most greetings are just text, and need nothing to be fetched. */
const shaped = /[*_`#[|>~]|^\s*[-+\d]|https?:|\n\n/m

/** Text with shape; plain until the code that shapes it is here. */
export function Written({ text }: { text: string }) {
  if (!shaped.test(text)) return <div className="whitespace-pre-wrap break-words">{text}</div>
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap break-words">{text}</div>}>
      <Markdown text={text} />
    </Suspense>
  )
}

export function Greeting({ text }: { text: string }) {
  return (
    <div className={theirs}>
      <Written text={text} />
    </div>
  )
}

export interface SaidProps {
  entry: Entry
  accent: Record<`--${string}`, string>
  /** Given where saying it again makes sense. */
  onAgain?: () => void
}

/** One message, and what went wrong with it. */
export function Said({ entry, accent, onAgain }: SaidProps) {
  const t = useT('people')
  if (entry.from === 'visitor')
    return (
      <div className="flex flex-col gap-1">
        <span className="sr-only">{t('chat.you')}</span>
        <div style={accent} className={own}>
          {entry.text}
        </div>
        {entry.trouble && (
          <TroubleLine
            label={t('chat.sendAgain')}
            onAgain={entry.trouble === 'closed' ? undefined : onAgain}
            end
          >
            {entry.trouble === 'closed'
              ? t('chat.closed')
              : entry.trouble === 'too_many'
                ? t('chat.tooMany')
                : t('chat.notSent')}
          </TroubleLine>
        )}
      </div>
    )
  return (
    <div className="flex flex-col gap-1.5">
      {(entry.text !== '' || !entry.failed) && (
        <div className={theirs}>
          {entry.text === '' ? (
            <span className="text-muted">{t('chat.nothing')}</span>
          ) : (
            <Written text={entry.text} />
          )}
        </div>
      )}
      {entry.failed && (
        <TroubleLine label={t('chat.again')} onAgain={onAgain}>
          {t('chat.failed')}
        </TroubleLine>
      )}
    </div>
  )
}

interface TroubleLineProps {
  label: string
  onAgain: (() => void) | undefined
  end?: boolean
  children: ReactNode
}

function TroubleLine({ label, onAgain, end, children }: TroubleLineProps) {
  return (
    <div
      className={`flex flex-wrap items-center gap-x-2 gap-y-1 text-bad text-sm ${end ? 'justify-end' : ''}`}
    >
      <span className="flex items-center gap-1.5">
        <AlertIcon aria-hidden className="size-3.5 shrink-0" />
        {children}
      </span>
      {onAgain && (
        <Button size="sm" icon={<RotateCcw aria-hidden />} onClick={onAgain}>
          {label}
        </Button>
      )}
    </div>
  )
}

/** The answer while it is being written. */
export function Writing({ pending }: { pending: Pending }) {
  const t = useT('people')
  return (
    <div className="flex flex-col gap-2">
      {(pending.text !== '' || pending.waitsFor === 'workflow') && (
        <div className={theirs}>
          {pending.text !== '' && <Written text={pending.text} />}
          {pending.waitsFor === 'workflow' && <Dots label={t('chat.writing')} late={pending.text !== ''} />}
        </div>
      )}
      {pending.waitsFor === 'person' && (
        <p className="flex max-w-[92%] items-start gap-2 rounded-lg bg-rose-soft px-3.5 py-2.5 text-base text-rose">
          <span aria-hidden className="mt-2 size-1.5 shrink-0 animate-breathe rounded-full bg-rose" />
          {t('chat.person')}
        </p>
      )}
    </div>
  )
}

function Dots({ label, late }: { label: string; late: boolean }) {
  return (
    <span role="img" aria-label={label} className={`flex h-6 items-center gap-1 ${late ? 'mt-1 h-3' : ''}`}>
      {['0ms', '180ms', '360ms'].map((animationDelay) => (
        <span
          key={animationDelay}
          className="size-1.5 animate-breathe rounded-full bg-faint"
          style={{ animationDelay }}
        />
      ))}
    </span>
  )
}

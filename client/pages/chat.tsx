import { MessageSquarePlus } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import type { HostedPage } from '../paths.ts'
import { Greeting, Said, Writing } from './chat/Bubbles.tsx'
import { Composer } from './chat/Composer.tsx'
import { useChat } from './chat/use-chat.ts'
import { accentStyle } from './people/accent.ts'
import { apiOf, isObject, textIn } from './people/api.ts'
import { HostedFoot } from './people/HostedFoot.tsx'
import { HostedStates } from './people/HostedStates.tsx'
import { useSettings } from './people/use-settings.ts'

/** A chat page that anybody with its address can open. */
export default function ChatPage({ place }: { place: HostedPage }) {
  const url = apiOf(place)
  const settings = useSettings(url)
  if (settings.state !== 'here') return <HostedStates settings={settings} />
  return <Chat place={place} url={url} settings={settings.body} />
}

function Chat({ place, url, settings }: { place: HostedPage; url: string; settings: unknown }) {
  const t = useT('people')
  const { chat, reached, say, sayAgain, clear } = useChat({ url, name: `${place.tenant}/${place.name}` })
  const { entries, pending } = chat
  const title = textIn(settings, 'title')
  const greeting = textIn(settings, 'greeting')
  const accent = accentStyle(textIn(settings, 'accent'))
  const suggestions = isObject(settings) && Array.isArray(settings.suggestions) ? settings.suggestions : []
  useEffect(() => {
    document.title = title
  }, [title])
  const end = useFollowEnd(`${entries.length} ${pending?.text.length} ${pending?.waitsFor}`)
  const last = entries.at(-1)
  return (
    <div className="flex h-dvh flex-col bg-paper">
      <header className="border-line border-b bg-surface">
        <div className="mx-auto flex h-14 max-w-180 items-center gap-3 px-4">
          <h1 className="min-w-0 grow truncate font-semibold text-lg">{title}</h1>
          {entries.length > 0 && (
            <Button variant="quiet" icon={<MessageSquarePlus aria-hidden />} onClick={clear}>
              {t('chat.fresh')}
            </Button>
          )}
        </div>
      </header>
      <main className="min-h-0 grow overflow-y-auto overscroll-contain">
        <div className="mx-auto flex min-h-full max-w-180 flex-col justify-end px-4 pt-6">
          {/* Not live itself: an answer would be read out again with every word that is added. */}
          <ol aria-label={t('chat.log')} className="flex flex-col gap-4">
            {greeting !== '' && (
              <li>
                <Greeting text={greeting} />
              </li>
            )}
            {entries.map((entry) => (
              <li key={entry.id} className="animate-rise">
                <Said
                  entry={entry}
                  accent={accent}
                  onAgain={entry === last && !pending ? sayAgain : undefined}
                />
              </li>
            ))}
            {pending && (
              <li className="animate-rise">
                <Writing pending={pending} />
              </li>
            )}
          </ol>
          {entries.length === 0 && suggestions.length > 0 && (
            <ul aria-label={t('chat.suggestions')} className="mt-5 flex flex-wrap gap-2">
              {suggestions.filter(isText).map((text) => (
                <li key={text}>
                  <button
                    type="button"
                    onClick={() => say(text)}
                    className="min-h-9 rounded-full border border-line bg-surface px-3.5 py-1.5 text-left text-base transition-colors duration-[120ms] hover:border-edge hover:bg-hover"
                  >
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
          <div ref={end} className="h-5 shrink-0" />
        </div>
      </main>
      <div role="status" aria-live="polite" className="sr-only">
        {pending ? (pending.waitsFor === 'person' ? t('chat.person') : t('chat.writing')) : spoken(last, t)}
      </div>
      <footer className="border-line border-t bg-paper pb-[env(safe-area-inset-bottom)]">
        <div className="mx-auto max-w-180 px-4 pt-3">
          {!reached && <p className="mb-2 animate-late text-sm text-warn">{t('chat.reconnecting')}</p>}
          <Composer busy={pending !== null} accent={accent} onSay={say} />
          <HostedFoot />
        </div>
      </footer>
    </div>
  )
}

const isText = (value: unknown): value is string => typeof value === 'string'

function spoken(
  last: { from: 'visitor' | 'page'; text: string; failed?: true } | undefined,
  t: ReturnType<typeof useT<'people'>>,
): string {
  if (last?.from !== 'page') return ''
  return last.failed ? t('chat.failed') : last.text
}

/** Keeps the newest in sight while it grows, unless the reader has gone up to read something else. */
function useFollowEnd(grown: string) {
  const end = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever grows moves the end
  useEffect(() => {
    const box = end.current?.closest('main')
    if (!box) return
    const away = box.scrollHeight - box.scrollTop - box.clientHeight
    if (away < box.clientHeight * 0.6) end.current?.scrollIntoView({ block: 'end' })
  }, [grown])
  return end
}

import { CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { isJson, isJsonObject } from '#nodes/kit/is-json.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import type { HostedPage } from '../paths.ts'
import { FillIn } from './form/FillIn.tsx'
import type { Outcome } from './form/send-form.ts'
import { apiOf, isObject, textIn } from './people/api.ts'
import { HostedFoot } from './people/HostedFoot.tsx'
import { HostedStates } from './people/HostedStates.tsx'
import { useSettings } from './people/use-settings.ts'

/** A form that anybody with its address can fill in: of a trigger, or of a run that waits for it. */
export default function FormPage({ place }: { place: HostedPage }) {
  const url = apiOf(place)
  const settings = useSettings(url)
  if (settings.state !== 'here') return <HostedStates settings={settings} />
  return <Form place={place} url={url} settings={settings.body} />
}

function schemaIn(settings: unknown): JsonObject {
  const fields = isObject(settings) ? settings.fields : null
  return isJson(fields) && isJsonObject(fields) ? fields : {}
}

function Form({ place, url, settings }: { place: HostedPage; url: string; settings: unknown }) {
  const title = textIn(settings, 'title')
  const description = textIn(settings, 'description')
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  useEffect(() => {
    document.title = title
  }, [title])
  if (outcome?.kind === 'gone' || outcome?.kind === 'closed')
    return <HostedStates settings={{ state: outcome.kind, retry: () => setOutcome(null) }} />
  return (
    <div className="min-h-dvh bg-paper">
      <main className="mx-auto flex min-h-dvh max-w-150 flex-col px-4 pt-10 phone:pt-5">
        <div className="rounded-lg border border-line bg-surface p-8 phone:p-5">
          <h1 className="text-balance font-semibold text-xl">{title}</h1>
          {outcome ? (
            <After outcome={outcome} onAgain={place.kind === 'form' ? () => setOutcome(null) : undefined} />
          ) : (
            <>
              {description && <p className="mt-2 whitespace-pre-wrap text-lg text-muted">{description}</p>}
              <div className="mt-6">
                <FillIn url={url} schema={schemaIn(settings)} onOutcome={setOutcome} />
              </div>
            </>
          )}
        </div>
        <div className="mt-auto pt-4">
          <HostedFoot />
        </div>
      </main>
    </div>
  )
}

function After({ outcome, onAgain }: { outcome: Outcome; onAgain: (() => void) | undefined }) {
  const t = useT('people')
  switch (outcome.kind) {
    case 'done':
      return (
        <Ending tone="good" title={t('form.doneTitle')} text={outcome.text}>
          {onAgain && <Button onClick={onAgain}>{t('form.again')}</Button>}
        </Ending>
      )
    case 'refused':
      return (
        <Ending tone="bad" title={t('form.refusedTitle')} text={outcome.text}>
          {onAgain && <Button onClick={onAgain}>{t('form.again')}</Button>}
        </Ending>
      )
    case 'failed':
      return <Ending tone="bad" title={t('form.failedTitle')} text={t('form.failedBody')} />
    // These show elsewhere.
    case 'gone':
    case 'closed':
    case 'faults':
    case 'trouble':
      return null
  }
  return outcome satisfies never
}

interface EndingProps {
  tone: 'good' | 'bad'
  title: string
  text: string
  children?: ReactNode
}

function Ending({ tone, title, text, children }: EndingProps) {
  const Icon = tone === 'good' ? CircleCheck : CircleAlert
  return (
    <div role="status" className="mt-6 flex animate-rise flex-col items-start gap-3">
      <p
        className={`flex items-center gap-2 font-semibold text-lg ${tone === 'good' ? 'text-good' : 'text-bad'}`}
      >
        <Icon aria-hidden className="size-5" />
        {title}
      </p>
      {text !== '' && <p className="whitespace-pre-wrap break-words text-lg">{text}</p>}
      {children}
    </div>
  )
}

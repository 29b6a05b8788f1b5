import { useSubscription } from '@trpc/tanstack-react-query'
import { useEffect, useState } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'

const MOST = 20_000

interface LiveTextProps {
  runId: string
  step: string
  /** How many replies are whole already: the next begins with nothing. */
  replies: number
}

/** What a model writes, while it writes it. */
export function LiveText({ runId, step, replies }: LiveTextProps) {
  const t = useT('agents')
  const trpc = useTRPC()
  const [text, setText] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another reply starts from nothing
  useEffect(() => setText(''), [step, replies])
  useSubscription(
    trpc.runs.texts.subscriptionOptions(
      { id: runId },
      { onData: (part) => part.step === step && setText((old) => (old + part.text).slice(-MOST)) },
    ),
  )
  if (text === '') return null
  return (
    <section className="min-w-0 rounded-md border border-violet/25 bg-violet-soft/40 px-3 py-2">
      <h3 className="mb-1 text-violet text-xs">{t('model.writing')}</h3>
      <p className="whitespace-pre-wrap break-words text-sm">
        {text}
        <span
          aria-hidden
          className="ml-0.5 inline-block h-3.5 w-0.5 animate-breathe bg-violet align-middle"
        />
      </p>
    </section>
  )
}

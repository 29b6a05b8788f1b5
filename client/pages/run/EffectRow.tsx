import type { inferRouterOutputs } from '@trpc/server'
import { Ban, Check, CircleHelp, Clock, History, RotateCw, Undo2, X } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import type { AppRouter } from '#server/api/router.ts'
import type { Choice } from './timeline-rows.ts'
import { useStepTitle } from './use-step-title.ts'

type Effect = inferRouterOutputs<AppRouter>['runs']['effects']['items'][number]

const looks = {
  running: { icon: RotateCw, tone: 'text-accent' },
  waiting: { icon: Clock, tone: 'text-warn' },
  done: { icon: Check, tone: 'text-good' },
  failed: { icon: X, tone: 'text-muted' },
  unknown: { icon: CircleHelp, tone: 'text-warn' },
  undone: { icon: Undo2, tone: 'text-muted' },
  undo_failed: { icon: Ban, tone: 'text-bad' },
  reused: { icon: History, tone: 'text-muted' },
} as const

/** One effect: what did it, how that ended, how often it was tried, and its key. */
export function EffectRow({ effect, onChoose }: { effect: Effect; onChoose: (choice: Choice) => void }) {
  const t = useT('effects')
  const titleOf = useStepTitle()
  const { step, node, name, outcome, attempts, key, failure, startedAt } = effect
  const { icon: Icon, tone } = looks[outcome]
  return (
    <li className="flex items-start gap-2 px-4 py-1.5">
      <Icon aria-hidden className={`mt-0.75 size-3.5 shrink-0 ${tone}`} />
      <div className="min-w-0 grow text-sm">
        <button
          type="button"
          onClick={() => onChoose({ step, node, sub: name })}
          className="max-w-full truncate rounded-xs text-left font-medium hover:underline"
        >
          {titleOf(step)}
          {name !== null && <span className="text-faint"> · {name}</span>}
        </button>
        <p className="text-muted">{t(`outcome.${outcome}`)}</p>
        {failure && <p className="text-faint text-xs">{failure.message}</p>}
        <p className="flex flex-wrap gap-x-2 text-faint text-xs tabular-nums">
          {attempts > 0 && <span>{t('attempts', { count: attempts })}</span>}
          <TimeAgo at={startedAt} />
        </p>
      </div>
      {key === null ? (
        <span className="text-faint text-xs">{t('keyElsewhere')}</span>
      ) : (
        <CopyButton compact label={t('key')} text={key} />
      )}
    </li>
  )
}

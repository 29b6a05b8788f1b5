import { clsx } from 'clsx'
import { ChevronRight, Equal, Minus, PenLine, Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { Tag, type Tone } from '#client/ui/Tag.tsx'
import type { Compared } from './Comparison.tsx'
import { Differences } from './Differences.tsx'

type Step = Compared['steps'][number]

const looks: Record<Step['verdict'], { tone: Tone; icon: typeof Plus }> = {
  same: { tone: 'neutral', icon: Equal },
  changed: { tone: 'warn', icon: PenLine },
  only_left: { tone: 'bad', icon: Minus },
  only_right: { tone: 'good', icon: Plus },
}

/** A step in both runs, or in the one that has it; unfolds to where what it gave differs. */
export function ComparedStep({ step, title }: { step: Step; title: string }) {
  const t = useT('replay')
  const [open, setOpen] = useState(step.differences.length > 0 && step.differences.length <= 3)
  const body = useId()
  const { tone, icon: Icon } = looks[step.verdict]
  const canOpen = step.differences.length > 0 || failureIn(step) !== null
  return (
    <li>
      <button
        type="button"
        disabled={!canOpen}
        aria-expanded={canOpen ? open : undefined}
        aria-controls={canOpen ? body : undefined}
        aria-label={canOpen ? t('compare.toggle', { step: title }) : undefined}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 text-left enabled:hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={clsx(
            'size-4 shrink-0 text-faint transition-transform',
            open && 'rotate-90',
            !canOpen && 'invisible',
          )}
        />
        <span className="flex min-w-0 grow basis-40 flex-col">
          <span className="truncate font-medium">{title}</span>
          <span className="truncate font-mono text-faint text-xs">{step.step}</span>
        </span>
        <Tag tone={tone} icon={<Icon aria-hidden />}>
          {t(`compare.verdicts.${step.verdict}`)}
        </Tag>
        <span className="grid w-100 max-w-full grid-cols-2 gap-3 phone:w-full phone:pl-7">
          <Side side={step.left} />
          <Side side={step.right} />
        </span>
      </button>
      {open && canOpen && (
        <div id={body} className="px-3 pb-3 pl-10 phone:pl-3">
          <Failures step={step} />
          {step.differences.length > 0 && <Differences differences={step.differences} more={step.more} />}
        </div>
      )}
    </li>
  )
}

const failureIn = ({ left, right }: Step) => left?.failure ?? right?.failure ?? null

function Side({ side }: { side: Step['left'] }) {
  const t = useT('replay')
  const format = useFormat()
  if (!side) return <span className="text-faint text-sm">–</span>
  return (
    <span className="flex min-w-0 flex-col text-muted text-xs tabular-nums">
      {side.status === 'open' ? (
        <span className="text-sm">{t('compare.open_step')}</span>
      ) : (
        <StatusBadge status={side.status} />
      )}
      <span className="flex flex-wrap gap-x-2">
        {side.reused ? <span>{t('compare.reused')}</span> : side.ms !== null && <Duration ms={side.ms} />}
        {side.attempts > 1 && <span>{t('compare.attempts', { count: side.attempts })}</span>}
        {side.port !== null && side.port !== 'out' && <span>{t('compare.leftBy', { port: side.port })}</span>}
        {side.costUsd > 0 && <span>{format.usd(side.costUsd)}</span>}
      </span>
    </span>
  )
}

/** Why it failed, at the side where it did. */
function Failures({ step: { left, right } }: { step: Step }) {
  if (!left?.failure && !right?.failure) return null
  return (
    <div className="mb-2 grid grid-cols-2 gap-3 text-sm phone:grid-cols-1">
      {[left, right].map((side, at) => (
        <p key={at === 0 ? 'left' : 'right'} className="min-w-0 break-words text-bad">
          {side?.failure?.message}
        </p>
      ))}
    </div>
  )
}

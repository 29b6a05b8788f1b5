import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { statusLooks } from '#client/canvas/parts/card-look.ts'
import type { Visit } from '#client/canvas/run-record.ts'
import type { SubStep } from '#client/canvas/sub-steps.ts'
import { statusOf } from '#client/canvas/tool-runs.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { SubStepBody } from './SubStepBody.tsx'
import { SubStepIcon } from './SubStepIcon.tsx'
import { useSubStepTitle } from './use-sub-step-title.ts'

export interface SubStepRowProps {
  sub: SubStep
  depth: number
  visit: Pick<Visit, 'attempts' | 'key'>
  ended: boolean
  open?: boolean
}

/** One call in a line; opened, all there is to know of it. */
export function SubStepRow({ sub, depth, visit, ended, open: opened = false }: SubStepRowProps) {
  const t = useT('agents')
  const editor = useT('editor')
  const id = useId()
  const line = useRef<HTMLLIElement>(null)
  const [open, setOpen] = useState(opened)
  const status = statusOf(sub, ended)
  const look = statusLooks[status]
  const title = useSubStepTitle()(sub)
  useEffect(() => {
    if (opened) line.current?.scrollIntoView({ block: 'nearest' })
  }, [opened])
  return (
    <li ref={line} className="border-line border-b last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-9 w-full items-center gap-2 px-2.5 text-left text-sm outline-offset-[-2px] hover:bg-hover"
        style={{ paddingLeft: 10 + Math.min(depth, 4) * 16 }}
      >
        <ChevronRight
          aria-hidden
          className={clsx('size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')}
        />
        <SubStepIcon sub={sub} />
        <span className="min-w-0 grow truncate">{title}</span>
        {sub.starts > 1 && (
          <span className="shrink-0 text-warn text-xs">{t('steps.repeated', { count: sub.starts })}</span>
        )}
        {isKept(sub, visit) && (
          <span className="shrink-0 text-faint text-xs" title={t('steps.keptHelp')}>
            {t('steps.kept')}
          </span>
        )}
        <span className="shrink-0 text-faint text-xs tabular-nums">
          {sub.took === undefined ? (
            sub.status === 'running' && !ended && <Duration from={sub.startedAt} />
          ) : (
            <Duration ms={sub.took} />
          )}
        </span>
        <look.icon
          role="img"
          aria-label={editor(`nodeStatus.${status}`)}
          className={clsx('size-3.5 shrink-0', look.chip)}
          strokeWidth={2.25}
        />
      </button>
      <div id={id} hidden={!open} className="border-line border-t bg-paper px-3 py-3">
        {open && <SubStepBody sub={sub} ended={ended} />}
      </div>
    </li>
  )
}

/** Done before a crash or a failed attempt, and not done, nor paid for, again. */
function isKept({ status, attempt }: SubStep, { attempts }: Pick<Visit, 'attempts'>): boolean {
  if (status !== 'done') return false
  return attempts.some(
    (one) => one.attempt >= attempt && one !== attempts.at(-1) && (one.interrupted || one.failure),
  )
}

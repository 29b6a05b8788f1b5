import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useCardWords } from '#client/canvas/node-words.ts'
import { statusLooks } from '#client/canvas/parts/card-look.ts'
import { useEditor } from '#client/canvas/store.ts'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { SubStepIcon } from '../editor/SubStepIcon.tsx'
import { useSubStepTitle } from '../editor/use-sub-step-title.ts'
import type { RowNote } from './row-note.ts'
import type { Choice, Row } from './timeline-rows.ts'
import { useRowNote } from './use-row-note.ts'

export interface TimelineRowProps {
  row: Row
  span: { from: number; to: number }
  chosen: boolean
  onChoose: (choice: Choice) => void
  /** Shows or hides its sub-steps. */
  onTurn: (step: string) => void
}

/** A step or a sub-step, with its share of the run's time. */
export function TimelineRow({ row, span, chosen, onChoose, onTurn }: TimelineRowProps) {
  const t = useT('editor')
  const format = useFormat()
  const title = useRowTitle(row)
  const look = statusLooks[row.status]
  const length = Math.max(1, span.to - span.from)
  const left = ((row.startedAt - span.from) / length) * 100
  const width = (((row.endedAt ?? span.to) - row.startedAt) / length) * 100
  const cost = row.spent?.costUsd ?? row.sub?.usage?.costUsd
  return (
    <div className={clsx('relative flex h-full', chosen ? 'bg-accent-soft' : 'hover:bg-hover')}>
      {row.open !== undefined && <Turner row={row} title={title} onTurn={onTurn} />}
      <button
        type="button"
        aria-current={chosen || undefined}
        onClick={() => onChoose({ step: row.step, node: row.key, sub: row.sub?.name ?? null })}
        className="flex h-full min-w-0 grow items-center gap-2.5 pr-4 text-left text-sm outline-offset-[-2px]"
        style={{ paddingLeft: 24 + Math.min(row.depth, 6) * 16 }}
      >
        <RowIcon row={row} />
        <span className="flex min-w-0 grow flex-col">
          <span
            className={clsx('truncate leading-4.5', (row.sub || row.status === 'reused') && 'text-muted')}
          >
            {title}
            {row.turn !== undefined && <span className="ml-1.5 text-faint tabular-nums">{row.turn + 1}</span>}
          </span>
          {row.note && <NoteLine note={row.note} />}
        </span>
        {row.attempts > 1 && row.note?.kind !== 'retrying' && (
          <span className="shrink-0 text-warn text-xs">{t('runPage.attempts', { count: row.attempts })}</span>
        )}
        {cost !== undefined && cost !== null && (
          <span className="shrink-0 text-faint text-xs tabular-nums">{format.usd(cost)}</span>
        )}
        {row.status !== 'reused' && (
          <span className="shrink-0 text-faint text-xs tabular-nums">
            <Duration from={row.startedAt} to={row.endedAt} />
          </span>
        )}
        <look.icon
          role="img"
          aria-label={t(`nodeStatus.${row.status}`)}
          className={clsx('size-3.5 shrink-0', look.chip)}
          strokeWidth={2.25}
        />
      </button>
      <span aria-hidden className="pointer-events-none absolute inset-x-4 bottom-0 h-px bg-line">
        <span
          className={clsx('absolute -top-px h-0.5 min-w-1 rounded-full', look.strip)}
          style={{ left: `${Math.min(left, 99)}%`, width: `${Math.max(0, Math.min(width, 100 - left))}%` }}
        />
      </span>
    </div>
  )
}

const noteLooks: Partial<Record<RowNote['kind'], string>> = {
  retrying: 'text-warn',
  attention: 'text-bad',
  undone: 'text-warn',
  not_undone: 'text-bad',
}

/** What is to be known of it besides how it stands. */
function NoteLine({ note }: { note: RowNote }) {
  const words = useRowNote()(note)
  return (
    <span
      title={words}
      className={clsx('truncate text-xs leading-4 tabular-nums', noteLooks[note.kind] ?? 'text-faint')}
    >
      {words}
    </span>
  )
}

function useRowTitle({ key, sub }: Row): string {
  const words = useCardWords()
  const subTitle = useSubStepTitle()
  const node = useEditor((state) => state.document.nodes.find((each) => each.key === key))
  const info = useEditor((state) => node && state.find(node.type, node.version))
  if (sub) return subTitle(sub)
  return node ? words.title(node, info) : key
}

function RowIcon({ row: { key, sub } }: { row: Row }) {
  const info = useEditor((state) => {
    const node = state.document.nodes.find((each) => each.key === key)
    return node && state.find(node.type, node.version)
  })
  if (sub) {
    return (
      <span className="flex size-5 shrink-0 items-center justify-center">
        <SubStepIcon sub={sub} />
      </span>
    )
  }
  return <NodeIcon icon={info?.icon ?? 'box'} group={info?.group ?? 'logic'} size="sm" />
}

function Turner({ row, title, onTurn }: Pick<TimelineRowProps, 'row' | 'onTurn'> & { title: string }) {
  const t = useT('agents')
  return (
    <button
      type="button"
      aria-expanded={row.open}
      aria-label={t(row.open ? 'steps.hide' : 'steps.show', { step: title })}
      onClick={() => onTurn(row.step)}
      className="absolute inset-y-0 z-1 flex w-6 items-center justify-center text-faint hover:text-ink"
      style={{ left: Math.min(row.depth, 6) * 16 }}
    >
      <ChevronRight aria-hidden className={clsx('size-3.5 transition-transform', row.open && 'rotate-90')} />
    </button>
  )
}

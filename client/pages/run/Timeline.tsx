import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { useMemo, useRef } from 'react'
import { useCardWords } from '#client/canvas/node-words.ts'
import { statusLooks } from '#client/canvas/parts/card-look.ts'
import type { NodeStatus } from '#client/canvas/run-overlay.ts'
import type { RunRecord, Visit } from '#client/canvas/run-record.ts'
import { useEditor } from '#client/canvas/store.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { useNow } from '#client/ui/use-now.ts'
import { FailureBox } from '../editor/StepDetails.tsx'
import type { ShownRunDetails } from './run-details.ts'

const ROW = 40

interface Row {
  step: string
  key: string
  depth: number
  /** Which element of which list, such as 3. */
  turn?: number
  status: NodeStatus
  startedAt: number
  endedAt?: number
  attempts: number
}

export interface TimelineProps {
  details: ShownRunDetails
  record: RunRecord | null
  /** A step, or a node's key. */
  chosen: string | null
  onChoose: (step: string, node: string) => void
}

/** The steps in the order they began, each with its share of the run's time. */
export function Timeline({ details, record, chosen, onChoose }: TimelineProps) {
  const t = useT('editor')
  const list = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => (record ? rowsOf(record) : []), [record])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const span = useSpan(record)
  const failure = record?.failure ?? (record ? null : details.run.failure)
  return (
    <>
      <h2 className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-4 font-medium text-muted text-sm">
        {t('runPage.steps')}
        <span className="text-faint tabular-nums">{rows.length > 0 && rows.length}</span>
      </h2>
      {failure && (
        <div className="border-line border-b p-3">
          <FailureBox failure={failure} />
        </div>
      )}
      {details.run.cancelReason && (
        <p className="border-line border-b px-4 py-2 text-muted text-sm">{details.run.cancelReason}</p>
      )}
      {rows.length === 0 && <p className="px-4 py-5 text-muted text-sm">{t('runPage.notStarted')}</p>}
      <div ref={list} className="min-h-0 grow overflow-y-auto">
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((at) => {
            const row = rows[at.index]
            if (!row) return null
            const isChosen = row.step === chosen || (row.key === chosen && row.step === row.key)
            return (
              <li key={row.step} className="absolute inset-x-0" style={{ top: at.start, height: ROW }}>
                <TimelineRow row={row} span={span} chosen={isChosen} onChoose={onChoose} />
              </li>
            )
          })}
        </ol>
      </div>
    </>
  )
}

interface Span {
  from: number
  to: number
}

function TimelineRow(props: { row: Row; span: Span; chosen: boolean; onChoose: TimelineProps['onChoose'] }) {
  const { row, span, chosen, onChoose } = props
  const t = useT('editor')
  const words = useCardWords()
  const node = useEditor((state) => state.document.nodes.find((each) => each.key === row.key))
  const find = useEditor((state) => state.find)
  const info = node && find(node.type, node.version)
  const look = statusLooks[row.status]
  const length = Math.max(1, span.to - span.from)
  const left = ((row.startedAt - span.from) / length) * 100
  const width = (((row.endedAt ?? span.to) - row.startedAt) / length) * 100
  return (
    <button
      type="button"
      aria-current={chosen || undefined}
      onClick={() => onChoose(row.step, row.key)}
      className={clsx(
        'relative flex h-full w-full items-center gap-2.5 pr-4 text-left text-sm outline-offset-[-2px]',
        chosen ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
      style={{ paddingLeft: 16 + Math.min(row.depth, 6) * 16 }}
    >
      <NodeIcon icon={info?.icon ?? 'box'} group={info?.group ?? 'logic'} size="sm" />
      <span className="min-w-0 grow truncate">
        {node ? words.title(node, info) : row.key}
        {row.turn !== undefined && <span className="ml-1.5 text-faint tabular-nums">{row.turn + 1}</span>}
      </span>
      {row.attempts > 1 && (
        <span className="shrink-0 text-warn text-xs">{t('runPage.attempts', { count: row.attempts })}</span>
      )}
      <span className="shrink-0 text-faint text-xs tabular-nums">
        <Duration from={row.startedAt} to={row.endedAt} />
      </span>
      <look.icon
        role="img"
        aria-label={t(`nodeStatus.${row.status}`)}
        className={clsx('size-3.5 shrink-0', look.chip)}
        strokeWidth={2.25}
      />
      <span aria-hidden className="absolute inset-x-4 bottom-0 h-px bg-line">
        <span
          className={clsx('absolute -top-px h-0.5 min-w-1 rounded-full', look.strip)}
          style={{ left: `${Math.min(left, 99)}%`, width: `${Math.max(0, Math.min(width, 100 - left))}%` }}
        />
      </span>
    </button>
  )
}

function rowsOf(record: RunRecord): Row[] {
  const ended = record.status !== 'queued' && record.status !== 'running'
  const visits = [...record.visits.values()].map(
    (visit): Row => ({
      step: visit.step,
      key: visit.key,
      depth:
        visit.scope === ''
          ? visit.index === undefined
            ? 0
            : 1
          : visit.scope.split('.').length + (visit.index === undefined ? 0 : 1),
      ...turnOf(visit),
      status: statusOf(visit, ended),
      startedAt: visit.startedAt,
      endedAt: visit.endedAt ?? record.endedAt,
      attempts: visit.attempts.length,
    }),
  )
  const { trigger, startedAt } = record
  if (!trigger || startedAt === undefined) return visits
  const first: Row = {
    step: trigger.key,
    key: trigger.key,
    depth: 0,
    status: 'done',
    startedAt,
    endedAt: startedAt,
    attempts: 1,
  }
  return [first, ...visits]
}

function turnOf(visit: Visit): { turn?: number } {
  if (visit.index !== undefined) return { turn: visit.index }
  const turn = /\[(\d+)\]$/.exec(visit.scope)?.[1]
  return turn === undefined ? {} : { turn: Number(turn) }
}

function statusOf(visit: Visit, ended: boolean): NodeStatus {
  if (visit.status === 'done' || visit.status === 'failed') return visit.status
  return ended ? 'stopped' : visit.status
}

/** From the run's start to its end, or to now while it goes on. */
function useSpan(record: RunRecord | null): Span {
  const now = useNow('fast')
  const from = record?.startedAt ?? 0
  return { from, to: record?.endedAt ?? Math.max(now, from + 1) }
}

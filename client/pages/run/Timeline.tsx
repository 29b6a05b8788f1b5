import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { useEditor } from '#client/canvas/store.ts'
import { useT } from '#client/lib/use-t.ts'
import { useNow } from '#client/ui/use-now.ts'
import { noRetry, type RetryPolicy, retryPolicy } from '#nodes/kit/reliability.ts'
import { FailureBox } from '../editor/FailureBox.tsx'
import { AttentionNote } from './AttentionNote.tsx'
import type { ShownRunDetails } from './run-details.ts'
import { TimelineRow } from './TimelineRow.tsx'
import { type Choice, timelineRows } from './timeline-rows.ts'

const ROW = 40

export interface TimelineProps {
  details: ShownRunDetails
  record: RunRecord | null
  /** A step, or a node's key. */
  chosen: string | null
  /** The chosen step's sub-step. */
  chosenSub: string | null
  onChoose: (choice: Choice) => void
}

/** The steps in the order they began, each with its share of the run's time. */
export function Timeline({ details, record, chosen, chosenSub, onChoose }: TimelineProps) {
  const t = useT('editor')
  const list = useRef<HTMLDivElement>(null)
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set())
  const persons = usePersons()
  const policyOf = usePolicies()
  const rows = useMemo(
    () => (record ? timelineRows(record, { turned, persons, policyOf }) : []),
    [record, turned, persons, policyOf],
  )
  const turn = (step: string) =>
    setTurned((steps) => {
      const next = new Set(steps)
      if (!next.delete(step)) next.add(step)
      return next
    })
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
      {record && (
        <div className="border-line border-b p-3 empty:hidden">
          <AttentionNote record={record} />
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
            const isOwn = row.step === chosen || (row.key === chosen && row.step === row.key)
            const isChosen = isOwn && (row.sub?.name ?? null) === chosenSub
            return (
              <li
                key={`${row.step} ${row.sub?.name ?? ''}`}
                className="absolute inset-x-0"
                style={{ top: at.start, height: ROW }}
              >
                <TimelineRow {...{ row, span, onChoose }} chosen={isChosen} onTurn={turn} />
              </li>
            )
          })}
        </ol>
      </div>
    </>
  )
}

/** The nodes that ask people. */
function usePersons(): ReadonlySet<string> {
  const nodes = useEditor((state) => state.document.nodes)
  const find = useEditor((state) => state.find)
  return useMemo(() => {
    const asking = nodes.filter(({ type, version }) => find(type, version)?.group === 'person')
    return new Set(asking.map(({ key }) => key))
  }, [nodes, find])
}

/** How often each node is tried. */
function usePolicies(): (key: string) => RetryPolicy {
  const nodes = useEditor((state) => state.document.nodes)
  const find = useEditor((state) => state.find)
  return useMemo(() => {
    const policies = new Map(
      nodes.map(({ key, type, version, reliability }) => [
        key,
        retryPolicy(find(type, version)?.retry ?? noRetry, reliability),
      ]),
    )
    return (key) => policies.get(key) ?? noRetry
  }, [nodes, find])
}

/** From the run's start to its end, or to now while it goes on. */
function useSpan(record: RunRecord | null): { from: number; to: number } {
  const now = useNow('fast')
  const from = record?.startedAt ?? 0
  return { from, to: record?.endedAt ?? Math.max(now, from + 1) }
}

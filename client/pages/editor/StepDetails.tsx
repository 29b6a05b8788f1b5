import { useMemo } from 'react'
import { useFailureText } from '#client/canvas/failure-words.ts'
import type { RunRecord, Visit } from '#client/canvas/run-record.ts'
import { stepInput } from '#client/canvas/sample-scope.ts'
import { useEditor } from '#client/canvas/store.ts'
import { JsonView } from '#client/forms/JsonView.tsx'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { type Status, StatusBadge } from '#client/ui/StatusBadge.tsx'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { FailureBox } from './FailureBox.tsx'
import { LiveText } from './LiveText.tsx'
import { SubSteps } from './SubSteps.tsx'

export interface StepDetailsProps {
  visit: Visit
  record: RunRecord
  document: WorkflowDocument
  /** The sub-step that was chosen. */
  chosen?: string | null
}

/** One visit of a run: how it went, what went in, what came out, what it wrote. */
export function StepDetails({ visit, record, document, chosen }: StepDetailsProps) {
  const t = useT('editor')
  const runId = useEditor((state) => state.run?.id)
  const ended = record.status !== 'queued' && record.status !== 'running'
  const input = useMemo(() => stepInput({ document, record }, visit.step), [document, record, visit.step])
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
        <StatusBadge status={visitStatus(visit, record)} />
        <span className="text-muted tabular-nums">
          <Duration from={visit.startedAt} to={visit.endedAt ?? record.endedAt} />
        </span>
        {visit.port && visit.port !== 'out' && (
          <span className="text-muted">{t('step.leftBy', { port: visit.port })}</span>
        )}
        {visit.untilMs !== undefined && visit.status === 'waiting' && <WaitsUntil at={visit.untilMs} />}
      </div>
      {visit.failure && <FailureBox failure={visit.failure} />}
      {runId !== undefined && visit.status === 'running' && !ended && visit.subSteps.size > 0 && (
        <LiveText runId={runId} step={visit.step} replies={repliesIn(visit)} />
      )}
      {visit.subSteps.size > 0 && <SubSteps visit={visit} ended={ended} chosen={chosen} />}
      {visit.attempts.length > 1 && <Attempts visit={visit} />}
      <Section title={t('step.input')}>
        <JsonView value={input} name="input" />
      </Section>
      {visit.elements && (
        <Section title={t('step.elements', { count: visit.elements.length })}>
          <JsonView value={visit.elements} name="list" />
        </Section>
      )}
      {visit.output !== undefined && (
        <Section title={t('step.output')}>
          <JsonView value={visit.output} name={`steps.${visit.key}`} />
        </Section>
      )}
      {visit.logs.length > 0 && <Logs visit={visit} />}
    </div>
  )
}

/** A reply that is whole is in the history; what is written now comes after it. */
const repliesIn = ({ subSteps }: Visit) =>
  [...subSteps.values()].filter(({ kind, status }) => kind === 'model' && status === 'done').length

/** How a visit ended, in the words of a run. */
export function visitStatus(visit: Visit, record: RunRecord): Status {
  const over = record.status !== 'queued' && record.status !== 'running'
  if (visit.status === 'done') return 'succeeded'
  if (visit.status === 'failed') return 'failed'
  return over ? 'cancelled' : visit.status
}

function WaitsUntil({ at }: { at: number }) {
  const t = useT('editor')
  const format = useFormat()
  return <span className="text-muted">{t('step.waitsUntil', { at: format.moment(at) })}</span>
}

function Attempts({ visit }: { visit: Visit }) {
  const t = useT('editor')
  const text = useFailureText()
  return (
    <Section title={t('step.attempts')}>
      <ol className="flex flex-col">
        {visit.attempts.map((attempt) => (
          <li
            key={attempt.startedAt}
            className="flex min-h-7 items-baseline gap-3 border-line border-b py-1 text-sm last:border-b-0"
          >
            <span className="shrink-0 text-muted tabular-nums">{attempt.attempt}</span>
            <span className="min-w-0 grow truncate" title={attempt.failure && text(attempt.failure)}>
              {attempt.failure
                ? text(attempt.failure)
                : t(attempt.interrupted ? 'step.interrupted' : 'step.succeeded')}
            </span>
            <span className="shrink-0 text-faint tabular-nums">
              <Duration from={attempt.startedAt} to={attempt.endedAt ?? visit.endedAt} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Logs({ visit }: { visit: Visit }) {
  const t = useT('editor')
  const format = useFormat()
  return (
    <Section title={t('step.logs')}>
      <ul className="flex flex-col gap-2">
        {visit.logs.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever appended
          <li key={index} className="text-sm">
            <span className="mr-2 text-faint text-xs tabular-nums">{format.moment(line.at)}</span>
            <span className="break-words font-mono">{line.message}</span>
            {line.data !== undefined && <JsonView value={line.data} name="data" />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-medium text-muted text-sm">{title}</h3>
      {children}
    </section>
  )
}

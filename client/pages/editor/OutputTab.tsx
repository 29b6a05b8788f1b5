import { useMemo, useState } from 'react'
import type { RunRecord, Visit } from '#client/canvas/run-record.ts'
import { callsOf } from '#client/canvas/tool-runs.ts'
import { isTool } from '#client/canvas/tools.ts'
import { JsonView } from '#client/forms/JsonView.tsx'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { Section, StepDetails } from './StepDetails.tsx'
import { SubStepRow } from './SubStepRow.tsx'

const MOST = 500

export interface OutputTabProps {
  node: DocumentNode
  run: { record: RunRecord; document: WorkflowDocument } | null
  /** Which visit is shown, where someone else decides too. */
  chosen?: string | null
  onChoose?: (step: string) => void
  /** The sub-step that is open from the start. */
  chosenSub?: string | null
}

/** What the node took and gave in the run that is shown, or in the last one. */
export function OutputTab({ node, run, ...outer }: OutputTabProps) {
  const t = useT('editor')
  const [own, setOwn] = useState<string | null>(null)
  const chosen = outer.chosen ?? own
  const choose = outer.onChoose ?? setOwn
  if (!run) return <Nothing>{t('step.noRun')}</Nothing>
  const { record } = run
  if (record.trigger?.key === node.key) {
    return (
      <Section title={t('step.trigger')}>
        <JsonView value={record.trigger.output} name="trigger" />
      </Section>
    )
  }
  const visits = [...record.visits.values()].filter((visit) => visit.key === node.key)
  const visit = visits.find((each) => each.step === chosen) ?? mostTelling(visits)
  if (!visit && isTool(run.document, node.key)) return <ToolCalls node={node} run={run} />
  if (!visit) return <Nothing>{t('step.notReached')}</Nothing>
  return (
    <div className="flex flex-col gap-4">
      {visits.length > 1 && (
        <Field label={t('step.visit')}>
          <Select
            size="sm"
            value={visit.step}
            onChange={choose}
            options={visits.slice(0, MOST).map((each) => ({ value: each.step, label: each.step }))}
          />
        </Field>
      )}
      <StepDetails visit={visit} record={record} document={run.document} chosen={outer.chosenSub} />
    </div>
  )
}

/** A tool has no visits of its own: what its agent asked it, and what it gave. */
function ToolCalls({ node, run }: { node: DocumentNode; run: NonNullable<OutputTabProps['run']> }) {
  const t = useT('agents')
  const calls = useMemo(() => callsOf(run, node.key), [run, node.key])
  const ended = run.record.status !== 'queued' && run.record.status !== 'running'
  if (calls.length === 0) return <Nothing>{t('steps.notCalled')}</Nothing>
  return (
    <Section title={t('steps.calls', { count: calls.length })}>
      <ol className="overflow-hidden rounded-md border border-line">
        {calls.map((sub) => (
          <SubStepRow
            key={`${sub.startedAt} ${sub.name}`}
            sub={sub}
            depth={0}
            visit={{ key: node.key, attempts: [] }}
            ended={ended}
            open={calls.length === 1}
          />
        ))}
      </ol>
    </Section>
  )
}

/** The one that failed, or goes on; else the first. */
function mostTelling(visits: Visit[]): Visit | undefined {
  return (
    visits.find((visit) => visit.status === 'failed') ??
    visits.find((visit) => visit.status !== 'done') ??
    visits[0]
  )
}

function Nothing({ children }: { children: string }) {
  return <p className="text-pretty text-muted text-sm">{children}</p>
}

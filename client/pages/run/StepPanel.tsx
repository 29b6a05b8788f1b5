import { RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { useCardWords } from '#client/canvas/node-words.ts'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { isTool } from '#client/canvas/tools.ts'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { OutputTab } from '../editor/OutputTab.tsx'
import { AttentionNote } from './AttentionNote.tsx'
import { ReplayDialog } from './ReplayDialog.tsx'
import type { ShownRunDetails } from './run-details.ts'

export interface StepPanelProps {
  details: ShownRunDetails
  record: RunRecord
  nodeKey: string
  /** The visit to show; the most telling one when null. */
  step: string | null
  /** The sub-step that was chosen in the timeline. */
  sub: string | null
  onStep: (step: string) => void
}

/** What one node took, gave and wrote in this run. */
export function StepPanel({ details, record, nodeKey, step, sub, onStep }: StepPanelProps) {
  const t = useT('editor')
  const store = useEditorStore()
  const words = useCardWords()
  const find = useEditor((state) => state.find)
  const node = details.document.nodes.find((each) => each.key === nodeKey)
  if (!node) return null
  const info = find(node.type, node.version)
  return (
    <section aria-label={t('panel.title')} className="flex h-full min-h-0 flex-col bg-surface">
      <header className="flex items-center gap-3 border-line border-b px-4 py-3">
        <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold text-lg leading-5">{words.title(node, info)}</h2>
          <div className="truncate font-mono text-faint text-xs">{nodeKey}</div>
        </div>
        <IconButton label={t('panel.close')} size="sm" onClick={() => store.setState({ panel: null })}>
          <X />
        </IconButton>
      </header>
      <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto px-4 py-4">
        <AttentionNote record={record} node={nodeKey} />
        <OutputTab
          node={node}
          run={{ record, document: details.document }}
          chosen={step}
          onChoose={onStep}
          chosenSub={sub}
        />
      </div>
      <RunFromHere details={details} record={record} step={replayStep({ details, record, nodeKey, step })} />
    </section>
  )
}

/** The step a new run would begin at; null for what no run begins at: a tool, a step that undoes. */
function replayStep({ details, record, nodeKey, step }: Omit<StepPanelProps, 'sub' | 'onStep'>) {
  const { document } = details
  if (step !== null) return step.startsWith('undo(') ? null : step
  if (isTool(document, nodeKey)) return null
  const visited = [...record.visits.values()].find(({ key }) => key === nodeKey)?.step ?? nodeKey
  return visited.startsWith('undo(') ? null : visited
}

/** A run that has ended can be gone on from, in a new one. */
function RunFromHere(props: { details: ShownRunDetails; record: RunRecord; step: string | null }) {
  const t = useT('replay')
  const canEdit = useCan('edit')
  const [open, setOpen] = useState(false)
  const { details, record, step } = props
  const ended = record.status !== 'queued' && record.status !== 'running'
  if (!canEdit || !ended || step === null) return null
  return (
    <footer className="flex border-line border-t px-4 py-3">
      <Button icon={<RotateCcw aria-hidden />} onClick={() => setOpen(true)}>
        {t('from')}
      </Button>
      {open && (
        <ReplayDialog runId={details.run.id} record={record} step={step} onClose={() => setOpen(false)} />
      )}
    </footer>
  )
}

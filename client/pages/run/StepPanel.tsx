import { X } from 'lucide-react'
import { useCardWords } from '#client/canvas/node-words.ts'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { OutputTab } from '../editor/OutputTab.tsx'
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
      <div className="min-h-0 grow overflow-y-auto px-4 py-4">
        <OutputTab
          node={node}
          run={{ record, document: details.document }}
          chosen={step}
          onChoose={onStep}
          chosenSub={sub}
        />
      </div>
    </section>
  )
}

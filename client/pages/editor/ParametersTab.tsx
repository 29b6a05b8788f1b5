import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useProblemWords } from '#client/canvas/problem-words.ts'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { isTool } from '#client/canvas/tools.ts'
import { edit } from '#client/canvas/verbs.ts'
import { NodeForm } from '#client/forms/NodeForm.tsx'
import type { Picking } from '#client/forms/picking.ts'
import type { FieldScope } from '#client/forms/scope.ts'
import { ToolForm } from '#client/forms/ToolForm.tsx'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import type { DocumentNode, Problem } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { HookAddress } from './HookAddress.tsx'
import { NewConnection } from './NewConnection.tsx'
import { PollBox } from './PollBox.tsx'
import { ScheduleBox } from './ScheduleBox.tsx'
import { useWorkflowChoices } from './use-workflow-choices.ts'
import type { Workflow } from './workflow.ts'

export interface ParametersTabProps {
  node: DocumentNode
  info: NodeInfo
  picking: Picking
  scope: FieldScope
  workflow: Pick<Workflow, 'id' | 'publishedVersion' | 'hookBase' | 'eventBase'>
}

const noProblems: readonly Problem[] = []

/** What the node does, in its own form; and the maker's notes on it. */
export function ParametersTab({ node, info, picking, scope, workflow }: ParametersTabProps) {
  const t = useT('editor')
  const store = useEditorStore()
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [wanted, setWanted] = useState<{ kinds: readonly string[]; made: (id: string) => void } | null>(null)
  const problemText = useProblemWords()
  const readonly = useEditor((state) => state.readonly)
  const problems = useEditor((state) => state.problemsByNode.get(node.key)) ?? noProblems
  const tool = useEditor((state) => isTool(state.document, node.key))
  const workflows = useWorkflowChoices(info)
  const connections = useQuery(trpc.connections.list.queryOptions()).data
  const general = problems.filter((problem) => problem.field === undefined)
  const previewSchedule = useCallback(
    async (cron: string, zone: string) =>
      (await client.workflows.schedulePreview.query({ cron, zone })).times,
    [client],
  )
  return (
    <div className="flex flex-col gap-6">
      {general.length > 0 && (
        <ul className="flex flex-col gap-1 rounded-sm bg-bad-soft px-3 py-2 text-bad text-sm">
          {general.map((problem) => (
            <li key={`${problem.code}${problem.edge ?? ''}`}>{problemText(problem)}</li>
          ))}
        </ul>
      )}
      <HookAddress node={node} info={info} workflow={workflow} />
      <PollBox node={node} info={info} workflow={workflow} />
      <ScheduleBox node={node} info={info} workflow={workflow} />
      {tool && (
        <ToolForm
          node={node}
          problems={problems}
          problemText={problemText}
          readOnly={readonly}
          onChange={(fields) => edit(store, { type: 'set', key: node.key, fields })}
        />
      )}
      <NodeForm
        node={node}
        info={info}
        problems={problems}
        problemText={problemText}
        scope={scope}
        picking={picking}
        connections={connections}
        onNewConnection={(kinds, made) => setWanted({ kinds, made })}
        previewSchedule={previewSchedule}
        workflows={workflows}
        tool={tool}
        readOnly={readonly}
        onChange={(fields) => edit(store, { type: 'set', key: node.key, fields })}
      />
      {wanted && <NewConnection {...wanted} onDone={() => setWanted(null)} />}
      <Field label={t('panel.notes')} help={t('panel.notesHelp')}>
        <TextArea
          rows={2}
          maxLength={4000}
          readOnly={readonly}
          value={node.notes ?? ''}
          onChange={(event) => {
            const notes = event.target.value === '' ? undefined : event.target.value
            edit(store, { type: 'set', key: node.key, fields: { notes } })
          }}
        />
      </Field>
    </div>
  )
}

import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { focusNode } from '#client/canvas/focus-node.ts'
import { useProblemWords } from '#client/canvas/problem-words.ts'
import type { RunRecord } from '#client/canvas/run-record.ts'
import { type PanelTab, useEditor, useEditorStore } from '#client/canvas/store.ts'
import { chosenKey, edit, sealHistory } from '#client/canvas/verbs.ts'
import type { Picking } from '#client/forms/picking.ts'
import { ReliabilityForm } from '#client/forms/ReliabilityForm.tsx'
import type { FieldScope } from '#client/forms/scope.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TabPanel, Tabs } from '#client/ui/Tabs.tsx'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { DocsTab } from './DocsTab.tsx'
import { Guarantee } from './Guarantee.tsx'
import { NodeNames } from './NodeNames.tsx'
import { OutputTab } from './OutputTab.tsx'
import type { ParametersTabProps } from './ParametersTab.tsx'

export interface NodePanelProps {
  picking: Picking
  scope: FieldScope
  run: { record: RunRecord; document: WorkflowDocument } | null
  workflow: ParametersTabProps['workflow']
}

/** The forms bring a text editor with them, by far the largest thing on the page: it comes while the drawing is looked at. */
const loadForms = async () => ({ default: (await import('./ParametersTab.tsx')).ParametersTab })
const ParametersTab = lazy(loadForms)

export function preloadForms(): void {
  // Without a network the panel says so when it is opened.
  loadForms().catch(() => {})
}

const tabs: readonly PanelTab[] = ['parameters', 'reliability', 'output', 'docs']

/** Everything about the chosen node. */
export function NodePanel(props: NodePanelProps) {
  const key = useEditor(chosenKey)
  const node = useEditor((state) => state.document.nodes.find((each) => each.key === key))
  return node ? <Panel {...props} node={node} /> : null
}

function Panel({ node, picking, scope, run, workflow }: NodePanelProps & { node: DocumentNode }) {
  const t = useT('editor')
  const store = useEditorStore()
  const find = useEditor((state) => state.find)
  const tab = useEditor((state) => state.panel) ?? 'parameters'
  const readonly = useEditor((state) => state.readonly)
  const problems = useEditor((state) => state.problemsByNode.get(node.key))
  const info = find(node.type, node.version)
  const problemText = useProblemWords()
  // The keyboard goes on from the card that the panel was about.
  const close = () => {
    store.setState({ panel: null })
    focusNode(node.key)
  }
  const shown = tabs.filter((each) => each !== 'reliability' || info?.role === 'step')
  return (
    <section
      aria-label={t('panel.title')}
      className="flex h-full min-h-0 flex-col bg-surface"
      onKeyDown={(event) => {
        // React hands on what happens in a dialog the panel opened: Escape there is not meant for the panel.
        const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
        if (event.key === 'Escape' && isInside && !event.defaultPrevented) close()
      }}
      // Leaving a field ends what one undo takes back.
      onBlur={() => sealHistory(store)}
    >
      <header className="flex items-start gap-3 px-4 pt-3 pb-2">
        <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
        <NodeNames key={node.key} node={node} info={info} />
        <IconButton label={t('panel.close')} size="sm" onClick={close}>
          <X />
        </IconButton>
      </header>
      {info?.role === 'step' && <Guarantee node={node} info={info} />}
      <Tabs
        label={t('panel.title')}
        value={shown.includes(tab) ? tab : 'parameters'}
        onChange={(panel) => store.setState({ panel })}
        tabs={shown.map((value) => ({
          value,
          label: t(`panel.${value}`),
          badge: value === 'parameters' && problems ? <Count count={problems.length} /> : undefined,
        }))}
        className="grow"
      >
        <TabPanel value="parameters" className="overflow-y-auto px-4 py-4">
          {info ? (
            <Suspense fallback={<Skeleton className="h-24 w-full" />}>
              <ParametersTab key={node.key} {...{ node, info, picking, scope, workflow }} />
            </Suspense>
          ) : (
            <p className="text-muted">{t('panel.unknown', { type: node.type })}</p>
          )}
        </TabPanel>
        <TabPanel value="reliability" className="overflow-y-auto px-4 py-4">
          {info?.role === 'step' && (
            <fieldset disabled={readonly}>
              <ReliabilityForm
                node={node}
                info={info}
                problems={problems}
                problemText={problemText}
                onChange={(fields) => edit(store, { type: 'set', key: node.key, fields })}
              />
            </fieldset>
          )}
        </TabPanel>
        <TabPanel value="output" className="overflow-y-auto px-4 py-4">
          <OutputTab key={node.key} node={node} run={run} />
        </TabPanel>
        <TabPanel value="docs" className="overflow-y-auto px-4 py-4">
          {info && <DocsTab info={info} />}
        </TabPanel>
      </Tabs>
    </section>
  )
}

function Count({ count }: { count: number }) {
  return (
    <span className="flex h-4 min-w-4 items-center justify-center rounded-full bg-bad-soft px-1 font-medium text-bad text-xs">
      {count}
    </span>
  )
}

import { useEffect, useState } from 'react'
import { chooseNode } from '#client/canvas/choose-node.ts'
import { NodeList } from '#client/canvas/parts/NodeList.tsx'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { chosenKey } from '#client/canvas/verbs.ts'
import { DataPanel } from '#client/forms/DataPanel.tsx'
import type { Picking } from '#client/forms/picking.ts'
import type { FieldScope } from '#client/forms/scope.ts'
import { useT } from '#client/lib/use-t.ts'
import { TabPanel, Tabs } from '#client/ui/Tabs.tsx'

/** Steps to add, or the data of earlier steps while one is filled in. */
export function LeftPanel({ scope, picking }: { scope: FieldScope; picking: Picking }) {
  const t = useT('editor')
  const store = useEditorStore()
  const filling = useEditor((state) => state.panel === 'parameters' && chosenKey(state) !== null)
  const hasData = scope.sources.length > 0
  const [tab, setTab] = useState<'steps' | 'data'>('steps')
  // What one needs next comes to the front by itself; the tabs stay there to choose otherwise.
  useEffect(() => setTab(filling && hasData ? 'data' : 'steps'), [filling, hasData])
  return (
    <Tabs
      label={t('left.title')}
      value={tab}
      onChange={setTab}
      tabs={[
        { value: 'steps', label: t('left.steps') },
        { value: 'data', label: t('left.data') },
      ]}
      className="h-full bg-surface"
    >
      <TabPanel value="steps" className="flex flex-col overflow-hidden">
        <NodeList className="min-h-0 grow" onChoose={(info) => chooseNode(store, { info })} />
      </TabPanel>
      <TabPanel value="data" className="overflow-y-auto">
        {filling ? (
          <DataPanel sources={scope.sources} picking={picking} />
        ) : (
          <p className="p-4 text-pretty text-muted text-sm">{t('left.noData')}</p>
        )}
      </TabPanel>
    </Tabs>
  )
}

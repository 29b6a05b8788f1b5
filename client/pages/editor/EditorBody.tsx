import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Canvas } from '#client/canvas/Canvas.tsx'
import { type EditorStore, useEditor } from '#client/canvas/store.ts'
import { chosenKey } from '#client/canvas/verbs.ts'
import { usePicking } from '#client/forms/picking.ts'
import { remember, remembered } from '#client/lib/storage.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { usePhone } from '#client/ui/use-phone.ts'
import { BottomPanel, type BottomTab } from './BottomPanel.tsx'
import { EditorHeader } from './EditorHeader.tsx'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { GuideCard } from './GuideCard.tsx'
import { LeftPanel } from './LeftPanel.tsx'
import { NodePanel, preloadForms } from './NodePanel.tsx'
import { Outline } from './Outline.tsx'
import { RunDialog } from './RunDialog.tsx'
import { SettingsDialog } from './SettingsDialog.tsx'
import { SidePanel } from './SidePanel.tsx'
import { useAutosave } from './use-autosave.ts'
import { useFieldScope } from './use-field-scope.ts'
import { useFollowedRun } from './use-followed-run.ts'
import { useProblems } from './use-problems.ts'
import { VersionsDialog } from './VersionsDialog.tsx'
import type { Workflow } from './workflow.ts'

export interface EditorBodyProps {
  workflow: Workflow
  /** The one the editor was opened on. */
  revision: number
  store: EditorStore
  guide: boolean
  onGuide: (open: boolean) => void
}

/** The canvas with what surrounds it; each part can be put away. */
export function EditorBody({ workflow, revision, store, guide, onGuide }: EditorBodyProps) {
  const t = useT('editor')
  const phone = usePhone()
  const autosave = useAutosave({ store, workflowId: workflow.id, revision })
  const followed = useFollowedRun(store, workflow.id)
  const picking = usePicking()
  const key = useEditor(chosenKey)
  const panelOpen = useEditor((state) => state.panel !== null) && key !== null
  const readonly = useEditor((state) => state.readonly)
  const scope = useFieldScope({ key, workflow, sample: followed.sample })
  const [left, setLeft] = useState(() => remembered('editor-left') !== 'closed')
  const [bottom, setBottom] = useState<BottomTab | null>(null)
  const [running, setRunning] = useState(false)
  const [settings, setSettings] = useState(false)
  const [versions, setVersions] = useState(false)
  useProblems()
  useEffect(preloadForms, [])

  const toggleLeft = () => {
    remember('editor-left', left ? 'closed' : 'open')
    setLeft(!left)
  }
  const started = (runId: string) => {
    followed.follow(runId)
    setBottom('runs')
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <EditorHeader
        workflow={workflow}
        autosave={autosave}
        onRun={() => setRunning(true)}
        onProblems={() => setBottom('problems')}
        onVersions={() => setVersions(true)}
        onSettings={() => setSettings(true)}
        onGuide={() => onGuide(true)}
        onPublished={() => setBottom('runs')}
      />
      <div className="flex min-h-0 grow">
        {!phone && left && !readonly && (
          <div className="w-66 shrink-0 border-line border-r">
            <LeftPanel scope={scope} picking={picking} />
          </div>
        )}
        <div className="flex min-w-0 grow flex-col">
          <div className="relative min-h-0 grow">
            {phone ? (
              <Outline />
            ) : (
              <Canvas save={() => void autosave.flush()}>
                <EmptyCanvas />
              </Canvas>
            )}
            {!phone && !readonly && (
              <div className="absolute top-2 left-2">
                <IconButton
                  label={left ? t('left.collapse') : t('left.expand')}
                  size="sm"
                  onClick={toggleLeft}
                >
                  {left ? <PanelLeftClose /> : <PanelLeftOpen />}
                </IconButton>
              </div>
            )}
            {guide && !readonly && (
              <GuideCard workflow={workflow} followed={followed} onClose={() => onGuide(false)} />
            )}
          </div>
          <BottomPanel workflowId={workflow.id} followed={followed} open={bottom} onOpen={setBottom} />
        </div>
        {panelOpen && (
          <SidePanel>
            <NodePanel picking={picking} scope={scope} run={followed.sample} workflow={workflow} />
          </SidePanel>
        )}
      </div>
      <RunDialog
        workflowId={workflow.id}
        autosave={autosave}
        open={running}
        onOpenChange={setRunning}
        onStarted={started}
      />
      <SettingsDialog open={settings} onOpenChange={setSettings} />
      <VersionsDialog store={store} workflowId={workflow.id} open={versions} onOpenChange={setVersions} />
    </div>
  )
}

import { useEffect, useMemo, useState } from 'react'
import { Canvas } from '#client/canvas/Canvas.tsx'
import { runOverlay } from '#client/canvas/run-overlay.ts'
import { type EditorStore, useEditor } from '#client/canvas/store.ts'
import { chosenKey, select, showRun } from '#client/canvas/verbs.ts'
import { usePhone } from '#client/ui/use-phone.ts'
import { SidePanel } from '../editor/SidePanel.tsx'
import { useRunEvents } from '../editor/use-run-events.ts'
import { EffectLedger } from './EffectLedger.tsx'
import { RunHeader } from './RunHeader.tsx'
import type { ShownRunDetails } from './run-details.ts'
import { StepPanel } from './StepPanel.tsx'
import { Timeline } from './Timeline.tsx'
import type { Choice } from './timeline-rows.ts'

/** The run on its canvas, its steps in order at the left, the chosen one at the right. */
export function RunBody({ details, store }: { details: ShownRunDetails; store: EditorStore }) {
  const phone = usePhone()
  const { record } = useRunEvents(details.run.id)
  const find = useEditor((state) => state.find)
  const key = useEditor(chosenKey)
  const panel = useEditor((state) => state.panel)
  const [step, setStep] = useState<string | null>(null)
  const [sub, setSub] = useState<string | null>(null)
  const { document } = details

  const overlay = useMemo(() => record && runOverlay({ document, find, record }), [document, find, record])
  useEffect(() => {
    showRun(store, record && overlay ? { id: details.run.id, record, overlay } : null)
  }, [store, details.run.id, record, overlay])
  // A node chosen on the canvas shows its most telling visit, until another of its visits is chosen.
  const visit = step === null ? undefined : record?.visits.get(step)
  const shownStep = visit?.key === key || step === key ? step : null
  useOpenFailure({ store, failure: record?.failure?.step, onOpen: setStep })

  const choose = (choice: Choice) => {
    select(store, [choice.node])
    store.setState({ panel: 'output' })
    setStep(choice.step)
    setSub(choice.sub)
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <RunHeader details={details} record={record} />
      <div className="flex min-h-0 grow">
        <div className="flex w-88 shrink-0 flex-col border-line border-r bg-surface phone:w-full phone:border-r-0">
          <Timeline
            details={details}
            record={record}
            chosen={shownStep ?? key}
            chosenSub={shownStep === null ? null : sub}
            onChoose={choose}
          />
          <EffectLedger id={details.run.id} ended={record?.endedAt !== undefined} onChoose={choose} />
        </div>
        {!phone && (
          <div className="min-w-0 grow">
            <Canvas />
          </div>
        )}
        {panel !== null && key !== null && record && (
          <SidePanel>
            <StepPanel
              details={details}
              record={record}
              nodeKey={key}
              step={shownStep}
              sub={shownStep === null ? null : sub}
              onStep={setStep}
            />
          </SidePanel>
        )}
      </div>
    </div>
  )
}

/** A failed run opens on the step that failed: that is what one came for. */
function useOpenFailure(about: {
  store: EditorStore
  failure: string | undefined
  onOpen: (step: string) => void
}) {
  const { store, failure, onOpen } = about
  const phone = usePhone()
  useEffect(() => {
    if (failure === undefined || phone || store.getState().selected.size > 0) return
    const key = failure.slice(failure.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '')
    if (!store.getState().document.nodes.some((node) => node.key === key)) return
    select(store, [key])
    // The panel takes room from the canvas, which nobody has moved yet.
    store.setState(({ fitRequests }) => ({ panel: 'output', fitRequests: fitRequests + 1 }))
    onOpen(failure)
  }, [store, failure, onOpen, phone])
}

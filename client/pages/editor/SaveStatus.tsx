import { Check, CloudOff, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Autosave } from '#client/canvas/autosave.ts'
import type { EditorStore } from '#client/canvas/store.ts'
import { replaceDocument } from '#client/canvas/verbs.ts'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { useSaveState } from './use-autosave.ts'

interface Saving {
  autosave: Autosave
  store: EditorStore
  workflowId: string
}

/** Whether the draft is saved, in a word; a conflict asks whose draft to keep. */
export function SaveStatus(saving: Saving) {
  const t = useT('editor')
  const state = useSaveState(saving.autosave)
  const [asking, setAsking] = useState(true)
  if (state.kind === 'conflict') {
    return (
      <>
        <Button
          size="sm"
          variant="quiet"
          onClick={() => setAsking(true)}
          icon={<TriangleAlert className="text-warn" />}
        >
          {t('save.conflict')}
        </Button>
        <ConflictDialog {...saving} open={asking} onOpenChange={setAsking} />
      </>
    )
  }
  return (
    <span
      role="status"
      className="flex items-center gap-1.5 whitespace-nowrap text-faint text-sm [&_svg]:size-3.5"
    >
      {state.kind === 'saved' && <Check aria-hidden />}
      {state.kind === 'offline' && <CloudOff aria-hidden className="text-warn" />}
      {state.kind === 'refused' && <TriangleAlert aria-hidden className="text-bad" />}
      {state.kind === 'refused' ? t('save.refused', { reason: state.message }) : t(`save.${state.kind}`)}
    </span>
  )
}

function ConflictDialog(props: Saving & { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { autosave, store, workflowId, open, onOpenChange } = props
  const t = useT('editor')
  const client = useTRPCClient()
  const onError = useTroubleToast()
  const choose = async (mine: boolean) => {
    try {
      const theirs = await client.workflows.get.query({ id: workflowId })
      if (mine) await autosave.keepMine(theirs.draftRevision)
      else {
        replaceDocument(store, theirs.draft)
        autosave.adopt(theirs.draftRevision)
      }
    } catch (error) {
      onError(error)
    }
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('save.conflictTitle')}
      description={t('save.conflictBody')}
    >
      <DialogActions>
        <Button onClick={() => void choose(false)}>{t('save.takeTheirs')}</Button>
        <Button variant="primary" onClick={() => void choose(true)}>
          {t('save.keepMine')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { type Autosave, createAutosave, type SaveState, type SaveTrouble } from '#client/canvas/autosave.ts'
import { leaveBehind, takeLeftBehind } from '#client/canvas/left-behind.ts'
import { difference } from '#client/canvas/patch.ts'
import type { EditorStore } from '#client/canvas/store.ts'
import { edit } from '#client/canvas/verbs.ts'
import { troubleOf } from '#client/lib/errors.ts'
import { useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { toast } from '#client/ui/toasts.ts'

/** Saves the editor's draft as it changes; what the page closes on is kept for the next time. */
export function useAutosave(about: { store: EditorStore; workflowId: string; revision: number }): Autosave {
  const { store, workflowId } = about
  const client = useTRPCClient()
  const t = useT('editor')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first revision; later ones are its own
  const autosave = useMemo(
    () =>
      createAutosave({
        revision: about.revision,
        save: (draft) => client.workflows.saveDraft.mutate({ id: workflowId, ...draft }),
        troubleOf: saveTrouble,
      }),
    [client, workflowId],
  )

  useEffect(() => {
    if (store.getState().readonly) return
    const stop = store.subscribe((state, previous) => {
      if (state.document !== previous.document) autosave.changed(state.document)
    })
    const { document } = store.getState()
    const left = takeLeftBehind(workflowId, autosave.revision())
    if (left && edit(store, difference(document, left), 'restore')) toast({ title: t('save.restored') })
    return stop
  }, [store, autosave, workflowId, t])

  useEffect(() => {
    const keep = () => {
      const document = autosave.unsaved()
      if (document) leaveBehind(workflowId, { revision: autosave.revision(), document })
    }
    const ask = (event: BeforeUnloadEvent) => {
      if (autosave.unsaved()) event.preventDefault()
    }
    const hide = () => {
      if (document.visibilityState !== 'hidden') return
      keep()
      void autosave.flush()
    }
    window.addEventListener('beforeunload', ask)
    window.addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', hide)
    return () => {
      window.removeEventListener('beforeunload', ask)
      window.removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', hide)
      keep()
      void autosave.flush()
    }
  }, [autosave, workflowId])
  return autosave
}

export function useSaveState(autosave: Autosave): SaveState {
  return useSyncExternalStore(autosave.subscribe, autosave.state)
}

function saveTrouble(error: unknown): SaveTrouble {
  const { code, message } = troubleOf(error)
  if (code === 'conflict') return { kind: 'conflict' }
  const passes = code === 'offline' || code === 'unexpected' || code === 'limit_reached'
  return passes ? { kind: 'offline' } : { kind: 'refused', message: message ?? '' }
}

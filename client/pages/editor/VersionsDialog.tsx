import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Canvas } from '#client/canvas/Canvas.tsx'
import { difference } from '#client/canvas/patch.ts'
import { createEditorStore, EditorContext, type EditorStore, useEditor } from '#client/canvas/store.ts'
import { edit } from '#client/canvas/verbs.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { toast } from '#client/ui/toasts.ts'
import type { WorkflowDocument } from '#nodes/graph/document.ts'

export interface VersionsDialogProps {
  store: EditorStore
  workflowId: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Every version that was published, to look at and to take back into the draft. */
export function VersionsDialog({ store, workflowId, open, onOpenChange }: VersionsDialogProps) {
  const t = useT('editor')
  const trpc = useTRPC()
  const [chosen, setChosen] = useState<number | null>(null)
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id: workflowId }, { enabled: open })).data
  const number = chosen ?? versions?.[0]?.number
  const version = useQuery(
    trpc.workflows.version.queryOptions(
      { id: workflowId, number: number ?? 1 },
      { enabled: open && number !== undefined, staleTime: Number.POSITIVE_INFINITY },
    ),
  ).data
  const restore = (document: WorkflowDocument, from: number) => {
    const before = store.getState().document
    if (edit(store, difference(before, document), 'restore'))
      toast({ title: t('versions.restored', { number: from }) })
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('header.versions')} size="lg">
      {versions?.length === 0 && <p className="pb-2 text-muted">{t('versions.none')}</p>}
      {versions && versions.length > 0 && (
        <div className="flex h-96 gap-4 phone:flex-col">
          <ul className="w-52 shrink-0 overflow-y-auto">
            {versions.map((each) => (
              <li key={each.number}>
                <button
                  type="button"
                  aria-pressed={each.number === number}
                  onClick={() => setChosen(each.number)}
                  className="flex w-full items-center gap-2 rounded-sm px-2 py-1.5 text-left text-sm hover:bg-hover aria-pressed:bg-accent-soft"
                >
                  <span className="font-medium">{t('versions.number', { number: each.number })}</span>
                  {each.isPublished && <Tag tone="good">{t('versions.live')}</Tag>}
                  <TimeAgo at={each.createdAt} className="ml-auto text-faint text-xs" />
                </button>
              </li>
            ))}
          </ul>
          <div className="min-h-0 min-w-0 grow overflow-hidden rounded-md border border-line">
            {version && version.number === number && <Preview key={number} document={version.document} />}
          </div>
        </div>
      )}
      {version && number !== undefined && (
        <DialogActions>
          <Button variant="primary" onClick={() => restore(version.document, number)}>
            {t('versions.restore', { number })}
          </Button>
        </DialogActions>
      )}
    </Dialog>
  )
}

function Preview({ document }: { document: WorkflowDocument }) {
  const infos = useEditor((state) => state.infos)
  const store = useMemo(() => createEditorStore({ document, infos, readonly: true }), [document, infos])
  return (
    <EditorContext value={store}>
      <Canvas />
    </EditorContext>
  )
}

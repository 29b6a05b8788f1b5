import { useEffect, useMemo } from 'react'
import { Canvas } from '#client/canvas/Canvas.tsx'
import { createEditorStore, EditorContext } from '#client/canvas/store.ts'
import { useT } from '#client/lib/use-t.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { usePhone } from '#client/ui/use-phone.ts'
import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { useCatalog } from './use-catalog.ts'

interface PreviewProps {
  document: WorkflowDocument
  height?: string
  /** Nodes to point out. */
  marked?: readonly NodeKey[]
}

/** A drawing to look at; on a phone its steps in words. */
export function Preview({ document, height = 'h-80', marked }: PreviewProps) {
  const t = useT('library')
  const phone = usePhone()
  const { infos, ready, titleOf } = useCatalog()
  const store = useMemo(() => createEditorStore({ document, infos, readonly: true }), [document, infos])
  useEffect(() => {
    if (marked) store.setState({ selected: new Set(marked) })
  }, [store, marked])
  if (!ready) return <Skeleton className={`w-full rounded-md ${height}`} />
  if (phone)
    return (
      <ol
        aria-label={t('item.previewPhone', { count: document.nodes.length })}
        className="flex flex-col gap-1"
      >
        {document.nodes.map((node) => (
          <li
            key={node.key}
            className="flex justify-between gap-3 rounded-sm border border-line px-3 py-2 text-sm"
          >
            <span className="min-w-0 truncate font-medium">{node.name ?? titleOf(node.type)}</span>
            <span className="shrink-0 text-faint">{titleOf(node.type)}</span>
          </li>
        ))}
      </ol>
    )
  return (
    <div
      className={`overflow-hidden rounded-md border border-line [&_.react-flow__attribution_a]:text-muted! ${height}`}
    >
      <EditorContext value={store}>
        <Canvas />
      </EditorContext>
    </div>
  )
}

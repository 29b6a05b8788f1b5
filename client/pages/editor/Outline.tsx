import { TriangleAlert } from 'lucide-react'
import { useCardWords } from '#client/canvas/node-words.ts'
import { statusLooks } from '#client/canvas/parts/card-look.ts'
import { overlayOf, useEditor, useEditorStore } from '#client/canvas/store.ts'
import { isTool } from '#client/canvas/tools.ts'
import { openPanel } from '#client/canvas/verbs.ts'
import { useT } from '#client/lib/use-t.ts'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import type { NodeKey, WorkflowDocument } from '#nodes/graph/document.ts'
import { toGraph } from '#nodes/graph/graph.ts'

/** The drawing as a list in the order of its steps: for a phone, and for reading aloud. */
export function Outline() {
  const t = useT('editor')
  const store = useEditorStore()
  const words = useCardWords()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const readonly = useEditor((state) => state.readonly)
  const overlay = useEditor(overlayOf)
  const problems = useEditor((state) => state.problemsByNode)
  if (drawing.nodes.length === 0) return <p className="p-4 text-muted">{t('empty.title')}</p>
  const byKey = new Map(drawing.nodes.map((node) => [node.key, node]))
  return (
    <ol className="h-full overflow-y-auto bg-paper py-2">
      {rows(drawing).map(({ key, depth }) => {
        const node = byKey.get(key)
        if (!node) return null
        const info = find(node.type, node.version)
        const run = overlay.nodes.get(key)
        const look = run && statusLooks[run.status]
        return (
          <li key={key} style={{ paddingLeft: depth * 20 }}>
            <button
              type="button"
              onClick={() => openPanel(store, key, readonly ? 'output' : 'parameters')}
              className="flex min-h-14 w-full items-center gap-3 px-4 py-2 text-left"
            >
              <NodeIcon icon={info?.icon ?? 'circle-alert'} group={info?.group ?? 'logic'} />
              <span className="min-w-0 grow">
                <span className="block truncate font-medium">{words.title(node, info)}</span>
                <span className="block truncate text-muted text-sm">
                  {isTool(drawing, key)
                    ? Object.values(words.tool(node, info)).join(' ').trim()
                    : words.line(node, info)}
                </span>
              </span>
              {problems.has(key) && <TriangleAlert aria-hidden className="size-4 shrink-0 text-bad" />}
              {look && run && (
                <span className={look.chip}>
                  <look.icon role="img" aria-label={t(`nodeStatus.${run.status}`)} className="size-4" />
                </span>
              )}
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** Each node after those that lead to it, bodies of frames and tools of agents indented; what is on a circle comes last. */
function rows(drawing: WorkflowDocument): { key: NodeKey; depth: number }[] {
  const graph = toGraph(drawing)
  const listed = new Set<NodeKey>()
  const walk = (parent: NodeKey | undefined, depth: number): { key: NodeKey; depth: number }[] =>
    graph.order(parent).flatMap((key) => {
      if (listed.has(key)) return []
      listed.add(key)
      return [{ key, depth }, ...tools(key, depth + 1), ...walk(key, depth + 1)]
    })
  const tools = (agent: NodeKey, depth: number): { key: NodeKey; depth: number }[] =>
    graph.toolsOf(agent).flatMap(({ key }) => {
      if (listed.has(key)) return []
      listed.add(key)
      return [{ key, depth }, ...tools(key, depth + 1)]
    })
  const inOrder = walk(undefined, 0)
  return [
    ...inOrder,
    ...drawing.nodes.filter((node) => !listed.has(node.key)).map(({ key }) => ({ key, depth: 0 })),
  ]
}

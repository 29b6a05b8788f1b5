import { applyNodeChanges, type OnNodesChange } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from './flow.ts'
import { useNodeLabel } from './node-words.ts'
import { useEditor, useEditorStore } from './store.ts'
import { select } from './verbs.ts'

interface Flow {
  nodes: FlowNode[]
  edges: FlowEdge[]
  onNodesChange: OnNodesChange<FlowNode>
}

/** Keeps React Flow's nodes, which also know what is being dragged, in step with the document. */
export function useFlow(): Flow {
  const store = useEditorStore()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const selected = useEditor((state) => state.selected)
  const selectedEdge = useEditor((state) => state.selectedEdge)
  const readonly = useEditor((state) => state.readonly)
  const labelOf = useNodeLabel()
  const [nodes, setNodes] = useState<FlowNode[]>(() =>
    flowNodes({ document: drawing, find, selected, readonly, labelOf }, []),
  )
  useEffect(() => {
    setNodes((previous) => flowNodes({ document: drawing, find, selected, readonly, labelOf }, previous))
  }, [drawing, find, selected, readonly, labelOf])
  const edges = useMemo(() => flowEdges(drawing, selectedEdge), [drawing, selectedEdge])

  const onNodesChange = useCallback<OnNodesChange<FlowNode>>(
    (changes) => {
      const chosen = changes.filter((change) => change.type === 'select')
      if (chosen.length > 0) {
        const keys = new Set(store.getState().selected)
        for (const { id, selected } of chosen) {
          if (selected) keys.add(id)
          else keys.delete(id)
        }
        select(store, [...keys])
      }
      const others = changes.filter((change) => change.type !== 'select' && change.type !== 'remove')
      if (others.length > 0) setNodes((previous) => applyNodeChanges(others, previous))
    },
    [store],
  )
  return { nodes, edges, onNodesChange }
}

import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type EditorStore, useEditor } from '#client/canvas/store.ts'
import { setProblems } from '#client/canvas/verbs.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { check } from '#nodes/graph/check.ts'

const PAUSE_MS = 200

/** Keeps the editor's problems in step with its drawing, a moment after each change. */
export function useProblems(store: EditorStore): void {
  const trpc = useTRPC()
  const connections = useQuery(trpc.connections.list.queryOptions()).data
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  useEffect(() => {
    const kinds = connections && new Map(connections.map(({ id, kind }) => [id, kind]))
    const timer = setTimeout(() => {
      setProblems(store, check(drawing, find, kinds ? { connectionKind: (id) => kinds.get(id) } : {}))
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [store, drawing, find, connections])
}

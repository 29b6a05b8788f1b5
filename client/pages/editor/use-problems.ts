import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type EditorStore, useEditor } from '#client/canvas/store.ts'
import { setProblems } from '#client/canvas/verbs.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { check } from '#nodes/graph/check.ts'

const PAUSE_MS = 200
/** However busy the browser is, problems are not older than this. */
const LATEST_MS = 1_000

/** Keeps the editor's problems in step with its drawing, a moment after each change. */
export function useProblems(store: EditorStore): void {
  const trpc = useTRPC()
  const connections = useQuery(trpc.connections.list.queryOptions()).data
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  useEffect(() => {
    const kinds = connections && new Map(connections.map(({ id, kind }) => [id, kind]))
    const look = () =>
      setProblems(store, check(drawing, find, kinds ? { connectionKind: (id) => kinds.get(id) } : {}))
    let stop: () => void = () => {}
    const timer = setTimeout(() => {
      stop = whenIdle(look)
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store, drawing, find, connections])
}

/** A large drawing takes a while to check: that must not hold up what is being done to it. Safari has no idle callback. */
function whenIdle(work: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    work()
    return () => {}
  }
  const request = requestIdleCallback(work, { timeout: LATEST_MS })
  return () => cancelIdleCallback(request)
}

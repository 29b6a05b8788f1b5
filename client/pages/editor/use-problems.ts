import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { setProblems } from '#client/canvas/verbs.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { check } from '#nodes/graph/check.ts'

const PAUSE_MS = 200
/** However busy the browser is, problems are not older than this. */
const LATEST_MS = 1_000

/** Checks the drawing as it is now: for who cannot wait for `useProblems`. Says whether an error was found. */
export function useCheckNow(): () => boolean {
  const trpc = useTRPC()
  const store = useEditorStore()
  const connections = useQuery(trpc.connections.list.queryOptions()).data
  return useCallback(() => {
    const { document, find } = store.getState()
    const kinds = connections && new Map(connections.map(({ id, kind }) => [id, kind]))
    const problems = check(document, find, kinds ? { connectionKind: (id) => kinds.get(id) } : {})
    setProblems(store, problems)
    return problems.some(({ severity }) => severity === 'error')
  }, [store, connections])
}

/** Keeps the editor's problems in step with its drawing, a moment after each change. */
export function useProblems(): void {
  const checkNow = useCheckNow()
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the drawing that matters
  useEffect(() => {
    let stop: () => void = () => {}
    const timer = setTimeout(() => {
      stop = whenIdle(checkNow)
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [drawing, find, checkNow])
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

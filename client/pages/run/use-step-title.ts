import { useCallback } from 'react'
import { useCardWords } from '#client/canvas/node-words.ts'
import { readStep } from '#client/canvas/run-record.ts'
import { useEditor } from '#client/canvas/store.ts'

/** What a step is called: by its node, as the run knew it; by its key where that is not drawn. */
export function useStepTitle(): (step: string) => string {
  const words = useCardWords()
  const nodes = useEditor((state) => state.document.nodes)
  const find = useEditor((state) => state.find)
  return useCallback(
    (step) => {
      const { key } = readStep(step)
      const node = nodes.find((each) => each.key === key)
      return node ? words.title(node, find(node.type, node.version)) : key
    },
    [words, nodes, find],
  )
}

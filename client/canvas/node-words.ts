import { useCallback, useMemo } from 'react'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { cardLine, leftLine } from '#nodes/graph/line.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { exprOf } from '#nodes/graph/tags.ts'
import { useT } from '../lib/use-t.ts'
import { useEditor } from './store.ts'

export interface CardWords {
  /** The maker's own name for it, else its kind. */
  title: (node: DocumentNode, info: NodeInfo | undefined) => string
  /** What it does, with its key value. */
  line: (node: DocumentNode, info: NodeInfo | undefined) => string
  /** Of a tool: what the agent fills in and the line does not name, and what it does. */
  tool: (node: DocumentNode, info: NodeInfo | undefined) => { left: string; line: string }
}

/** An agent is known by its model; its tools hang under it. */
const modelOf = ({ params }: DocumentNode, { takesTools }: NodeInfo) =>
  takesTools && typeof params.model === 'string' && params.model !== '' ? params.model : undefined

/** What a card says. */
export function useCardWords(): CardWords {
  const t = useT('editor')
  return useMemo(() => {
    const words = {
      and: t('line.and'),
      or: t('line.or'),
      more: (count: number) => t('line.more', { count: String(count) }),
    }
    // A condition that is there belongs into the sentence.
    const untilSaid = (node: DocumentNode, info: NodeInfo): NodeInfo =>
      info.frame === 'repeat' && exprOf(node.params.until) !== undefined
        ? { ...info, line: t('line.repeat', { until: '{until}', most: '{most}' }) }
        : info
    return {
      tool: (node, info) =>
        info
          ? { left: leftLine(node, info, words), line: node.tool?.description || cardLine(node, info, words) }
          : { left: '', line: node.type },
      title: (node, info) => node.name || (info?.title ?? node.type),
      line: (node, info) =>
        info ? (modelOf(node, info) ?? cardLine(node, untilSaid(node, info), words)) : node.type,
    }
  }, [t])
}

/** What a screen reader says of a card: its name, its kind, and what is wrong with it. */
export function useNodeLabel(): (node: DocumentNode) => string {
  const t = useT('editor')
  const words = useCardWords()
  const find = useEditor((state) => state.find)
  const problems = useEditor((state) => state.problemsByNode)
  return useCallback(
    (node) => {
      const info = find(node.type, node.version)
      const count = problems.get(node.key)?.length ?? 0
      const title = words.title(node, info)
      const kind = info?.title ?? node.type
      return [title, kind === title ? '' : kind, count > 0 ? t('problemCount', { count }) : '']
        .filter((part) => part !== '')
        .join(', ')
    },
    [t, words, find, problems],
  )
}

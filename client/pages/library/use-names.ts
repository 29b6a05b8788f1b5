import { useMemo } from 'react'
import { useT } from '#client/lib/use-t.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import { childSchema } from '#nodes/graph/json-schema.ts'
import { childrenOf } from '#nodes/graph/tags.ts'
import type { Json } from '#nodes/kit/json.ts'
import { useCatalog } from './use-catalog.ts'

const ownFields = ['type', 'name', 'notes', 'connection', 'parent', 'repeat', 'reliability', 'tool'] as const
const settingNames = ['timeoutMinutes', 'orderingKey', 'onFailure'] as const

/** What people call the nodes and fields of drawings: their own names first. */
export function useNames(documents: readonly WorkflowDocument[]) {
  const t = useT('library')
  const { byType, titleOf } = useCatalog()
  return useMemo(() => {
    const nodes = new Map<string, DocumentNode>()
    for (const document of documents)
      for (const node of document.nodes) if (!nodes.has(node.key)) nodes.set(node.key, node)
    const own = new Map<string, string>(ownFields.map((field) => [field, t(`names.${field}`)]))
    const settings = new Map<string, string>(settingNames.map((name) => [name, t(`names.${name}`)]))
    const fieldOf = (key: string, field: string) => {
      const [first = '', ...path] = field.split('.')
      if (first !== 'params') return own.get(first) ?? field
      const node = nodes.get(key)
      const info = node && byType.get(node.type)
      if (!node || !info) return path.join(' › ')
      return titlesAlong(info.params, node.params, path).join(' › ')
    }
    return {
      nodeOf: (key: string) => {
        const node = nodes.get(key)
        return node ? node.name || titleOf(node.type) : key
      },
      fieldOf,
      settingOf: (field: string) => settings.get(field.split('.')[0] ?? '') ?? field,
    }
  }, [documents, byType, titleOf, t])
}

/** The titles of fields on the way to a value; rows by their number. */
function titlesAlong(schema: ReturnType<typeof childSchema>, value: Json, path: readonly string[]): string[] {
  const titles: string[] = []
  let at: Json = value
  for (const step of path) {
    schema = childSchema(schema, { of: at, key: step })
    const inside = childrenOf(at).find(([name]) => name === step)
    const isRow = Array.isArray(at)
    titles.push(isRow ? String(Number(step) + 1) : typeof schema.title === 'string' ? schema.title : step)
    at = inside?.[1] ?? null
  }
  return titles
}

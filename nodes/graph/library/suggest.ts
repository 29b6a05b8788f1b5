import { connectionsOf } from '../connections.ts'
import type { WorkflowDocument } from '../document.ts'
import type { FindNode } from '../node-info.ts'
import { uniqueKey } from '../unique-key.ts'
import type { Parameter, Target } from './parameter.ts'
import { type Place, placesOf } from './places.ts'

/**
 * What those who install a drawing have to choose at least: a connection for each that it uses, and for each node
 * that needs one and has none.
 */
export function parametersOf(document: WorkflowDocument, find: FindNode): Parameter[] {
  const groups = new Map<string, { kinds: readonly string[]; targets: Target[] }>()
  for (const node of document.nodes) {
    const info = find(node.type, node.version)
    for (const { field, id, kinds } of connectionsOf(node, info)) {
      const target = { node: node.key, path: field.split('.') }
      const group = groups.get(id)
      if (!group) groups.set(id, { kinds, targets: [target] })
      else {
        group.targets.push(target)
        group.kinds = group.kinds.filter((kind) => kinds.includes(kind))
      }
    }
    const use = info?.connection
    if (node.connection === undefined && use?.required) {
      const key = `kinds ${use.kinds.join(' ')}`
      const group = groups.get(key) ?? { kinds: use.kinds, targets: [] }
      groups.set(key, group)
      group.targets.push({ node: node.key, path: ['connection'] })
    }
  }
  const taken: string[] = []
  return [...groups.values()].map(({ kinds, targets }): Parameter => {
    const service = kinds[0]?.split('.')[0] ?? 'connection'
    const key = uniqueKey(service, taken)
    taken.push(key)
    const label = service.slice(0, 1).toUpperCase() + service.slice(1)
    return { kind: 'connection', key, label, help: '', kinds: [...kinds], targets, required: true }
  })
}

/** What a publisher may let installers fill in: texts, numbers and choices that are written down in fields. */
export const fillable = (document: WorkflowDocument, find: FindNode): Place[] =>
  placesOf(document, find).filter(
    ({ value, schema }) =>
      (typeof value === 'string' || typeof value === 'number') &&
      typeof schema.title === 'string' &&
      schema.const === undefined &&
      !['connection', 'workflow', 'code'].includes(String(schema.widget)),
  )

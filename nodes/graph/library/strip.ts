import type { WorkflowDocument } from '../document.ts'
import type { FindNode } from '../node-info.ts'
import { placesOf } from './places.ts'
import { put } from './put.ts'

/** Fields that name something of the tenant's own, by their widget. */
const own: ReadonlySet<unknown> = new Set(['connection', 'workflow', 'member'])

/** The document without what is the tenant's own: connections, and other workflows it names. */
export function strip(document: WorkflowDocument, find: FindNode): WorkflowDocument {
  const nodes = document.nodes.map(({ connection: _, ...node }) => node)
  return placesOf(document, find)
    .filter(({ schema }) => own.has(schema.widget))
    .reduce((stripped, place) => put(stripped, place, ''), { ...document, nodes })
}

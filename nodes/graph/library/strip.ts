import type { WorkflowDocument } from '../document.ts'
import type { FindNode } from '../node-info.ts'
import { type Place, placesOf } from './places.ts'
import { put } from './put.ts'

/** Fields that name something of the tenant's own, by their widget. */
const own: ReadonlySet<unknown> = new Set(['connection', 'workflow'])

/** Where a drawing names something of the tenant's own in its parameters. */
export const ownPlaces = (document: WorkflowDocument, find: FindNode): Place[] =>
  placesOf(document, find).filter(({ schema }) => own.has(schema.widget))

/** The document without what is the tenant's own: connections, and other workflows it names. */
export function strip(document: WorkflowDocument, find: FindNode): WorkflowDocument {
  const nodes = document.nodes.map(({ connection: _, ...node }) => node)
  return ownPlaces(document, find).reduce((stripped, place) => put(stripped, place, ''), {
    ...document,
    nodes,
  })
}

import type {
  DocumentEdge,
  DocumentNode,
  NodeKey,
  WorkflowDocument,
  WorkflowSettings,
} from '#nodes/graph/document.ts'

/** What turns one document into another: itself an edit, so that undo, redo and saving are one mechanism. */
export interface Patch {
  type: 'patch'
  removeNodes: readonly NodeKey[]
  /** Changed and new nodes, each with its place in the list. */
  putNodes: readonly Placed<DocumentNode>[]
  removeEdges: readonly string[]
  putEdges: readonly Placed<DocumentEdge>[]
  /** Absent: as they are. */
  settings?: { to: WorkflowSettings | undefined }
}

interface Placed<Value> {
  value: Value
  at: number
}

/** One text for one edge; two edges with the same text are the same edge. */
export function edgeId(edge: DocumentEdge): string {
  return `${edge.from}:${edge.port}>${edge.to}`
}

/** The patch that makes `after` out of `before`. Values are compared by reference: edits never mutate. */
export function difference(before: WorkflowDocument, after: WorkflowDocument): Patch {
  const nodes = listDifference(before.nodes, after.nodes, (node) => node.key)
  const edges = listDifference(before.edges, after.edges, edgeId)
  return {
    type: 'patch',
    removeNodes: nodes.remove,
    putNodes: nodes.put,
    removeEdges: edges.remove,
    putEdges: edges.put,
    ...(before.settings === after.settings ? {} : { settings: { to: after.settings } }),
  }
}

/** What the patch does not name stays as it is, in its order. */
export function applyPatch(document: WorkflowDocument, patch: Patch): WorkflowDocument {
  return {
    ...(patch.settings ? withSettings(document, patch.settings.to) : document),
    nodes: patchList(document.nodes, { remove: patch.removeNodes, put: patch.putNodes }, (node) => node.key),
    edges: patchList(document.edges, { remove: patch.removeEdges, put: patch.putEdges }, edgeId),
  }
}

/** The document with other settings; one that has none set has none. */
export function withSettings(
  { settings: _, ...document }: WorkflowDocument,
  settings: WorkflowSettings | undefined,
): WorkflowDocument {
  const isSet = Object.values(settings ?? {}).some((value) => value !== undefined)
  return isSet ? { ...document, settings } : document
}

interface ListPatch<Value> {
  remove: readonly string[]
  put: readonly Placed<Value>[]
}

function listDifference<Value>(
  before: Value[],
  after: Value[],
  id: (value: Value) => string,
): ListPatch<Value> {
  if (before === after) return { remove: [], put: [] }
  const old = new Map(before.map((value) => [id(value), value]))
  const now = new Set(after.map(id))
  const kept = new Set(after.filter((value) => old.get(id(value)) === value).map(id))
  const inOrder = (values: Value[]) => values.map(id).filter((name) => kept.has(name))
  // A broken document may hold the same key or edge twice, and only then do the lengths differ from the sets.
  const plain = old.size === before.length && now.size === after.length
  if (!plain || inOrder(before).join() !== inOrder(after).join()) kept.clear()
  return {
    remove: [...old.keys()].filter((name) => !kept.has(name)),
    put: after.flatMap((value, at) => (kept.has(id(value)) ? [] : [{ value, at }])),
  }
}

function patchList<Value>(list: Value[], patch: ListPatch<Value>, id: (value: Value) => string): Value[] {
  if (patch.remove.length === 0 && patch.put.length === 0) return list
  const gone = new Set(patch.remove)
  const result = list.filter((value) => !gone.has(id(value)))
  for (const { value, at } of patch.put) result.splice(at, 0, value)
  return result
}

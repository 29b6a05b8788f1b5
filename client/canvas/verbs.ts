import type { DocumentEdge, NodeKey, Problem, WorkflowDocument } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import { type Edit, perform } from './document.ts'
import { type EditLabel, emptyHistory, redo, remember, seal, undo } from './history.ts'
import { sizeOf } from './measures.ts'
import type { EditorState, EditorStore, PanelTab, ShownRun } from './store.ts'
import { placeRow, rowOf } from './tool-row.ts'

/** Does an edit in the editor, remembering how to undo it; false, with the reason shown, when it cannot be done. */
export function edit(store: EditorStore, change: Edit, label?: EditLabel): boolean {
  const { document, history, readonly, refusal } = store.getState()
  if (readonly) return false
  const outcome = perform(document, change)
  if (!outcome.ok) {
    store.setState({ refusal: { code: outcome.refusal, count: (refusal?.count ?? 0) + 1 } })
    return false
  }
  const step = { before: document, after: outcome.document, edit: change, label, atMs: Date.now() }
  store.setState({ document: outcome.document, history: remember(history, step) })
  return true
}

/** Draws a thread; a node that becomes a tool goes to its place in the row under its agent. */
export function connect(store: EditorStore, edge: DocumentEdge): boolean {
  const drawing = store.getState()
  const agent = drawing.document.nodes.find(({ key }) => key === edge.from)
  const draw: Edit = { type: 'connect', edge }
  if (edge.port !== TOOLS_PORT || !agent) return edit(store, draw)
  const lent = perform(drawing.document, draw)
  if (!lent.ok) return edit(store, draw)
  const after = { document: lent.document, find: drawing.find }
  const to = placeRow(rowOf(after, agent.key), {
    drawing: after,
    agent: { ...agent.position, ...sizeOf(agent, after) },
  })
  return edit(store, { type: 'all', edits: [draw, { type: 'move', to }] })
}

export function undoEdit(store: EditorStore): void {
  step(store, undo)
}

export function redoEdit(store: EditorStore): void {
  step(store, redo)
}

function step(store: EditorStore, walk: typeof undo): void {
  const { document, history, readonly } = store.getState()
  if (readonly) return
  const moment = walk({ document, history })
  store.setState((state) => ({ ...moment, ...stillChosen(state, moment.document) }))
}

/** What is chosen and is in this document too. */
function stillChosen(state: Pick<EditorState, 'selected' | 'focused'>, document: WorkflowDocument) {
  const keys = new Set(document.nodes.map((node) => node.key))
  return {
    selected: new Set([...state.selected].filter((key) => keys.has(key))),
    focused: state.focused !== null && keys.has(state.focused) ? state.focused : null,
  }
}

/** What is typed from now on is a change of its own. */
export function sealHistory(store: EditorStore): void {
  store.setState((state) => ({ history: seal(state.history) }))
}

/** Shows another document, such as theirs after a conflict; nothing of before can be undone into it. */
export function replaceDocument(store: EditorStore, document: WorkflowDocument): void {
  store.setState((state) => ({
    document,
    history: emptyHistory,
    selectedEdge: null,
    ...stillChosen(state, document),
  }))
}

export function select(store: EditorStore, keys: readonly NodeKey[]): void {
  store.setState({ selected: new Set(keys), focused: keys.at(-1) ?? null, selectedEdge: null })
}

export function selectEdge(store: EditorStore, id: string | null): void {
  store.setState({ selectedEdge: id, ...(id === null ? {} : { selected: new Set(), focused: null }) })
}

/** Opens the node's panel, as a click on a problem or Enter does. */
export function openPanel(store: EditorStore, key: NodeKey, tab: PanelTab = 'parameters'): void {
  select(store, [key])
  store.setState({ panel: tab })
}

export function setProblems(store: EditorStore, problems: readonly Problem[]): void {
  const byNode = new Map<NodeKey, readonly Problem[]>()
  for (const problem of problems) {
    if (problem.node === undefined) continue
    byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem])
  }
  const known = store.getState().problemsByNode
  // A card whose problems are the same as before keeps them, and is not drawn again.
  for (const [key, found] of byNode) {
    const before = known.get(key)
    if (before && JSON.stringify(before) === JSON.stringify(found)) byNode.set(key, before)
  }
  const same = byNode.size === known.size && [...byNode].every(([key, found]) => known.get(key) === found)
  store.setState({ problems, problemsByNode: same ? known : byNode })
}

export function showRun(store: EditorStore, run: ShownRun | null): void {
  store.setState({ run })
}

/** Puts the panel away and shows the whole drawing. */
export function showAll(store: EditorStore): void {
  store.setState((state) => ({ panel: null, fitRequests: state.fitRequests + 1 }))
}

/** The only chosen node, which the panel is about. */
export function chosenKey(state: { selected: ReadonlySet<NodeKey> }): NodeKey | null {
  const [only] = state.selected
  return state.selected.size === 1 && only !== undefined ? only : null
}

import type { DocumentNode } from '#nodes/graph/document.ts'
import { TOOLS_PORT } from '#nodes/graph/graph.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { canBeTool } from '#nodes/graph/tools.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import { addNode, freePort } from './add-node.ts'
import type { Point } from './document.ts'
import { frameAt, growFrames } from './drop.ts'
import { absolutePlaces } from './places.ts'
import type { EditorStore, PaletteTarget } from './store.ts'
import { type Drawing, lendingIn } from './tools.ts'
import { chosenKey, edit, openPanel } from './verbs.ts'

/** Adds a node of this kind where the palette was opened for, or after the chosen node, and opens its panel. */
export function chooseNode(
  store: EditorStore,
  choice: { info: NodeInfo; target?: PaletteTarget; at?: Point; params?: JsonObject },
): void {
  const { document, find, ...state } = store.getState()
  const { info, target } = choice
  const at = choice.at ?? target?.at
  const chosen = document.nodes.find((node) => node.key === chosenKey(state))
  const after = chosen && find(chosen.type, chosen.version)?.ports.length !== 0 ? chosen : undefined
  const from =
    target?.from ?? (target || at || !after ? undefined : nextTo({ document, find }, { node: after, info }))
  const parent = at && !from ? frameAt({ document, find }, { at }) : parentOf(store, from?.key)
  const base = parent === undefined ? undefined : absolutePlaces(document).get(parent)
  const place = at && base ? { x: Math.max(16, at.x - base.x), y: Math.max(56, at.y - base.y) } : at
  const added = addNode({
    document,
    find,
    info,
    from,
    edge: target?.edge,
    at: place,
    parent,
    params: choice.params,
  })
  if (!edit(store, added.edit, 'add')) return
  const grow = growFrames(store.getState())
  if (grow.length > 0) edit(store, { type: 'all', edits: grow })
  store.setState({ palette: null })
  openPanel(store, added.key)
}

/** What follows the chosen step; beside a chosen tool, another tool of its agent. */
function nextTo(drawing: Drawing, about: { node: DocumentNode; info: NodeInfo }) {
  const { document, find } = drawing
  const agent = lendingIn(document).agentOf.get(about.node.key)
  if (agent === undefined)
    return { key: about.node.key, port: freePort(document, { node: about.node, find }) }
  return canBeTool(about.info) ? { key: agent, port: TOOLS_PORT } : undefined
}

function parentOf(store: EditorStore, key: string | undefined): string | undefined {
  return store.getState().document.nodes.find((node) => node.key === key)?.parent
}

import type { NodeKey } from '#nodes/graph/document.ts'
import type { Point } from './document.ts'
import { measures, type Size, sizeOf } from './measures.ts'
import { type Drawing, toolsOf } from './tools.ts'

/** A tool with the tools under it, as wide as the wider of the two. */
interface Hanging extends Size {
  key: NodeKey
  /** From the left of what it takes up to its own card. */
  left: number
  row: Row
}

/** The tools of an agent, side by side. */
export interface Row extends Size {
  tools: readonly Hanging[]
}

/** How much room the tools of a node take up under it; `more` are cards to come, at the right end. */
export function rowOf(drawing: Drawing, agent: NodeKey, more: readonly NodeKey[] = []): Row {
  const first = [...toolsOf(drawing.document, agent), ...more]
  if (first.length === 0) return empty
  const byKey = new Map(drawing.document.nodes.map((node) => [node.key, node]))
  const hang = (key: NodeKey): Hanging => {
    const node = byKey.get(key)
    const own = node ? { ...sizeOf(node, drawing) } : measures.tool
    const row = build(toolsOf(drawing.document, key))
    const width = Math.max(own.width, row.width)
    const under = row.tools.length > 0 ? measures.tool.drop + row.height : 0
    return { key, width, height: own.height + under, left: (width - own.width) / 2, row }
  }
  const build = (keys: readonly NodeKey[]): Row => {
    const tools = keys.map(hang)
    const gaps = Math.max(0, tools.length - 1) * measures.tool.gap
    return {
      tools,
      width: tools.reduce((sum, { width }) => sum + width, gaps),
      height: tools.reduce((most, { height }) => Math.max(most, height), 0),
    }
  }
  return build(first)
}

const empty: Row = { tools: [], width: 0, height: 0 }

/** Where a row's cards go under an agent, in the middle of it. */
export function placeRow(
  row: Row,
  about: { drawing: Drawing; agent: Point & Size },
): { key: NodeKey; position: Point }[] {
  const { agent, drawing } = about
  const places: { key: NodeKey; position: Point }[] = []
  const y = agent.y + agent.height + measures.tool.drop
  let x = agent.x + (agent.width - row.width) / 2
  for (const tool of row.tools) {
    const position = { x: Math.round(x + tool.left), y: Math.round(y) }
    places.push({ key: tool.key, position })
    const node = drawing.document.nodes.find(({ key }) => key === tool.key)
    const size = node ? sizeOf(node, drawing) : measures.tool
    places.push(
      ...placeRow(tool.row, { drawing, agent: { ...position, width: size.width, height: size.height } }),
    )
    x += tool.width + measures.tool.gap
  }
  return places
}

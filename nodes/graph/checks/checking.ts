import type { NodeKey, Problem, WorkflowDocument } from '../document.ts'
import type { Graph } from '../graph.ts'
import type { FindNode, NodeInfo } from '../node-info.ts'
import type { Shapes } from '../shapes.ts'
import { type ProblemCode, problem } from './problems.ts'

export interface CheckOptions {
  /** The kind of a stored connection, undefined when there is none; without it, connections are not looked up. */
  connectionKind?: (id: string) => string | undefined
}

/** What every check is given, and where it puts what it finds. */
export interface Checking {
  document: WorkflowDocument
  graph: Graph
  shapes: Shapes
  find: FindNode
  options: CheckOptions
  info(key: NodeKey): NodeInfo | undefined
  report(code: ProblemCode, place: Pick<Problem, 'node' | 'field' | 'edge'>, values?: Problem['values']): void
}

export function checking(about: Omit<Checking, 'info' | 'report'>, problems: Problem[]): Checking {
  const infos = new Map(
    [...about.graph.nodes.values()].map(({ key, type, version }) => [key, about.find(type, version)]),
  )
  return {
    ...about,
    info: (key) => infos.get(key),
    report: (code, place, values) => problems.push(problem(code, place, values)),
  }
}

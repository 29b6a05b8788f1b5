import { z } from 'zod'
import { Json } from '../kit/json.ts'
import { Reliability } from '../kit/reliability.ts'

/** What one workflow may hold; the editor and the API name the limit that was passed. */
export const documentLimits = {
  nodes: 2_000,
  edges: 10_000,
  expression: 20_000,
  bytes: 4 * 1024 * 1024,
} as const

/** A slug, unique in its graph; expressions name a step by it. */
export const NodeKey = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    'A key is lower-case letters, digits and _, starts with a letter, 63 at most',
  )
export type NodeKey = z.infer<typeof NodeKey>

/** A parameter that is computed. The tag decides, never the text (design §3). */
export const Expr = z.strictObject({ expr: z.string().max(documentLimits.expression) })
export type Expr = z.infer<typeof Expr>

const Coordinate = z.number().min(-1_000_000).max(1_000_000)

export const DocumentNode = z.strictObject({
  key: NodeKey,
  /** A node definition's id, such as `http.request`. */
  type: z.string().max(100),
  version: z.number().int().min(1).max(10_000),
  /** The maker's own name for it. */
  name: z.string().max(120).optional(),
  /**
   * JSON in which `{ "expr": "…" }` stands for a computed value at any depth, and `{ "literal": … }` for data that
   * is taken as it is (needed only for data that has those very shapes). In a tool, `{ "agent": "what it is" }` is
   * left to the agent to fill in.
   */
  params: z.record(z.string().max(200), Json).default({}),
  /** Id of a stored connection; never an expression. */
  connection: z.uuid().optional(),
  /** Key of the frame it sits in. */
  parent: NodeKey.optional(),
  /** Runs once for each element of a list. Its output is the list of outputs, in order. */
  repeat: z.strictObject({ list: Expr, concurrency: z.number().int().min(1).max(100).default(1) }).optional(),
  reliability: Reliability.optional(),
  /** For a node drawn to an agent's `tools` port: how the agent sees it, and who approves each call. */
  tool: z
    .strictObject({
      name: NodeKey.optional(),
      description: z.string().max(2_000).optional(),
      approval: z.enum(['editor', 'admin', 'owner']).optional(),
    })
    .optional(),
  notes: z.string().max(4_000).optional(),
  /** Relative to the frame when it has one. */
  position: z.strictObject({ x: Coordinate, y: Coordinate }).default({ x: 0, y: 0 }),
  /** Frames only. */
  size: z
    .strictObject({ width: z.number().min(40).max(20_000), height: z.number().min(40).max(20_000) })
    .optional(),
})
export type DocumentNode = z.infer<typeof DocumentNode>

export const DocumentEdge = z.strictObject({
  from: NodeKey,
  /** `out`, a named port of the node, or `error`. `tools` lends the node `to` to an agent: no order, no data. */
  port: z.string().min(1).max(63).default('out'),
  to: NodeKey,
})
export type DocumentEdge = z.infer<typeof DocumentEdge>

/** What holds for each run of the workflow as a whole. */
export const WorkflowSettings = z.strictObject({
  /** A run that has not ended by then fails; runs that it calls inherit what is left. Ten years at most. */
  timeoutMinutes: z.number().int().min(1).max(5_256_000).optional(),
  /** Computed from `trigger` when a run is accepted: runs with the same key go one after another. */
  orderingKey: Expr.optional(),
  /** What becomes of a step that ran out of retries, where its node does not say. */
  onFailure: z.enum(['fail', 'attention']).optional(),
})
export type WorkflowSettings = z.infer<typeof WorkflowSettings>

/** What a maker draws and the API exchanges. `format` is the version of this shape. */
export const WorkflowDocument = z.strictObject({
  format: z.literal(1).default(1),
  nodes: z
    .array(DocumentNode)
    .max(documentLimits.nodes, `A workflow holds at most ${documentLimits.nodes} nodes`),
  edges: z
    .array(DocumentEdge)
    .max(documentLimits.edges, `A workflow holds at most ${documentLimits.edges} edges`),
  settings: WorkflowSettings.optional(),
})
export type WorkflowDocument = z.infer<typeof WorkflowDocument>

export const emptyDocument: WorkflowDocument = { format: 1, nodes: [], edges: [] }

/** Something wrong with a draft; shown where it is, and stops publishing when it is an error. Never thrown. */
export interface Problem {
  severity: 'error' | 'warning'
  /** Stable, snake_case: the client translates it. */
  code: string
  /** English, complete on its own. */
  message: string
  /** Values in the message, for translation. */
  values?: Record<string, string | number>
  node?: NodeKey
  /** Dot path in the node: `params.url`, `repeat.list`. */
  field?: string
  /** Index in `edges`. */
  edge?: number
}

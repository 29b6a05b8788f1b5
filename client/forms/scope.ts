import type { Json, JsonSchema, NodeGroup } from '#nodes/kit/index.ts'

/** An earlier step, or another name expressions know (`trigger`, `item`), offered in the data panel. */
export interface DataSource {
  /** A node key, or the name itself when `path` says so. */
  key: string
  /** The expression that reads the whole of it: `steps.fetch`, `trigger`, `item`. */
  path: string
  title: string
  icon: string
  group: NodeGroup
  schema: JsonSchema
  /** Its value in the last run; absent when it has not run. */
  sample?: Json
}

/** What the expressions of one node may read: types always, values once the workflow has run. */
export interface FieldScope {
  types: Record<string, JsonSchema>
  values: Record<string, Json> | null
  sources: DataSource[]
}

export const emptyScope: FieldScope = { types: {}, values: null, sources: [] }

/** The drag type of picked data; its content is the expression's source. */
export const EXPRESSION_DRAG = 'application/x-trama-expr'

/** How picked data travels from the panel to a field. */
export interface Picked {
  expr: string
  schema?: JsonSchema
  sample?: Json
  /** Lists that the path goes into, outermost first: `steps.get.body.orders`. */
  lists: string[]
}

import type { Effect, JsonSchema, NodeGroup, OutputLike, PortsFrom, Starts } from '../kit/define-node.ts'
import type { ReadsWhen } from '../kit/effect.ts'
import type { Json } from '../kit/json.ts'
import type { RetryPolicy } from '../kit/reliability.ts'

/** A node definition as data: what the browser, the checker and the docs know of it. No code crosses. */
export interface NodeInfo {
  id: string
  version: number
  role: 'trigger' | 'step' | 'frame'
  /** Triggers only. */
  starts?: Starts
  /** Frames only. */
  frame?: 'each' | 'repeat' | 'try'
  title: string
  summary: string
  group: NodeGroup
  icon: string
  line?: string
  /** JSON Schema of the parameters as a maker gives them (`io: 'input'`), with `title`, `description`, `widget`, `placeholder`. */
  params: JsonSchema
  /** JSON Schema of the output; for a trigger, of `trigger`. */
  output: JsonSchema
  /** Fixed ports; `['out']` when the node has no named ones. `error` is not listed: `hasErrorPort` (ports.ts). */
  ports: readonly string[]
  portsFrom?: PortsFrom
  outputLike?: OutputLike
  takesTools?: true
  destination?: readonly string[]
  effect: Effect
  readsWhen?: ReadsWhen
  connection?: { kinds: readonly string[]; required: boolean }
  retry: RetryPolicy
  timeoutMs: number
  examples: readonly { title: string; params: Json; output?: Json }[]
}

/** Finds a node's description; undefined for an unknown type or version. */
export type FindNode = (type: string, version: number) => NodeInfo | undefined

import type { z } from 'zod'
import type { ReadsWhen } from './effect.ts'
import type { ExampleMeans } from './example-means.ts'
import type { Http, HttpReply } from './http.ts'
import type { Json, JsonObject } from './json.ts'
import type { Means } from './means.ts'
import type { RetryPolicy } from './reliability.ts'

/** What repeating a step would do to the world; the engine's promises follow from it (design §4). */
export type Effect = 'none' | 'read' | 'idempotent' | 'once'

/** Where the palette shows a node, and how its icon tile looks. */
export type NodeGroup = 'trigger' | 'logic' | 'data' | 'agent' | 'person' | 'app'

/** Leaves through a named port. Made by `to`. */
export class Routed<Port extends string, Value> {
  readonly port: Port
  readonly value: Value
  constructor(port: Port, value: Value) {
    this.port = port
    this.value = value
  }
}

/** Holds the run, without a worker, until a moment; the step then finishes with `value`. Made by `pause`. */
export class Paused<Value> {
  readonly untilMs: number
  readonly value: Value
  constructor(untilMs: number, value: Value) {
    this.untilMs = untilMs
    this.value = value
  }
}

export interface ResponseToCaller {
  status: number
  headers: Record<string, string>
  body: Json
}

/**
 * What a step is handed when it runs. Everything impure it may touch is here. Ask for each by its name, as in
 * `run({ params, http })`: what no step asks for is not made, so `...rest` holds nothing.
 */
export interface NodeContext<Params, Port extends string> extends Means {
  params: Params
  /** What the wire delivers. */
  input: Json
  /** The guarded way out to the network, with the step's connection. */
  http: Http
  /** Appends to the run's log. */
  log(message: string, data?: Json): void
  to<P extends Port, Value>(port: P, value: Value): Routed<P, Value>
  pause<Value>(untilMs: number, value: Value): Paused<Value>
  /** Answers the caller that started the run, once; later calls throw `fail('already_responded')`. */
  respond(response: ResponseToCaller): void
  /** Runs the user's code in the sandbox and gives what it returns. */
  runCode(code: string, globals: Record<string, Json>): Promise<{ value: Json; logs: string[] }>
  /** Milliseconds since the epoch; the only clock a node may read. */
  nowMs: number
  /** The same for every attempt of this step; pass it to APIs that accept one. */
  idempotencyKey: string
  signal: AbortSignal
}

/** Read three ways: as documentation, as a starting point in the palette, and as a test. */
export type Example<Params, Output> = {
  title: string
  params: Params
  input?: Json
  replies?: Record<string, HttpReply>
  means?: ExampleMeans
} & (
  | {
      output: Output
      /** The port it leaves by, for nodes that declare `ports`. */
      port?: string
      /** When the run goes on, for nodes that pause. Examples run at 2026-01-01T00:00:00Z. */
      waitsUntil?: string
      fails?: undefined
    }
  | {
      /** The code it fails with. */
      fails: string
      output?: undefined
      port?: undefined
    }
)

export interface ConnectionUse {
  /** Ids of `defineConnection`s it accepts. */
  kinds: readonly string[]
  required: boolean
}

/** More ports, one for each element of a list parameter, named by a field of it (switch cases). Static text only. */
export interface PortsFrom {
  list: string
  field: string
}

/**
 * How the output's shape follows from what is drawn, for typed autocomplete: as the input, as a parameter's value,
 * or an object with a key for each `{ name, value }` of a list parameter (on top of the input's keys when the
 * parameter named by `keep` is true), or as a JSON Schema or the fields of a form say that are a parameter (dot path); `at`
 * is the field of the output they describe, the whole otherwise. Data, so that the browser reads it too.
 */
export type OutputLike =
  | 'input'
  | { param: string }
  | { fields: string; keep?: string }
  | { schema: string; at?: string }
  | { form: string; at?: string }

/** Makes parameters of the next version from those of an older one. Pure; keyed by the older version. */
export type Upgrades = Readonly<Record<number, (params: JsonObject) => JsonObject>>

interface Described {
  /** `service.verb`; never changes once shipped. */
  id: `${string}.${string}`
  version: number
  title: string
  summary: string
  group: NodeGroup
  /** A lucide icon name. */
  icon: string
  /** Plain-language card line with `{param}` places, like `{method} {url}`. */
  line?: string
  upgrades?: Upgrades
}

/** What the other side says of an attempt whose end nobody saw; null when it cannot say for certain. */
export type Reconciled<Value> = { happened: true; output: Value } | { happened: false } | null

type Result<Output extends z.ZodType, Port extends string> =
  | ([Port] extends [never] ? z.input<Output> : Routed<Port, z.input<Output>>)
  | Paused<z.input<Output>>

export interface NodeDefinition<
  Params extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
  Port extends string = string,
> extends Described {
  connection?: ConnectionUse
  effect: Effect
  /** A value of a parameter with which it only reads, whatever `effect` says. */
  readsWhen?: ReadsWhen
  /** What it does is written down as an event of the run, and the world hears of it from there: nothing comes before. */
  recorded?: true
  params: Params
  output: Output
  /** Named ways out; a node without them has one, `out`. An empty list: nothing follows it. */
  ports?: readonly Port[]
  portsFrom?: PortsFrom
  outputLike?: OutputLike
  /** It has a port `tools`: nodes drawn to it are not walked, they are lent to it as `tools`. */
  takesTools?: true
  /** Parameters that say where an effect goes (an address, a channel, a host); an agent with outside content in it may not choose them unasked. */
  destination?: readonly string[]
  retry?: RetryPolicy
  timeoutMs?: number
  run(ctx: NodeContext<z.output<Params>, Port>): Promise<Result<Output, Port>> | Result<Output, Port>
  /**
   * Asks the other side whether an attempt happened whose end nobody saw, before anybody is asked to find out. Changes
   * nothing there. For nodes with one way out.
   */
  reconcile?(ctx: NodeContext<z.output<Params>, Port>): Promise<Reconciled<z.input<Output>>>
  examples: readonly Example<z.input<Params>, z.input<Output>>[]
}

/** A JSON Schema, as data. */
export type JsonSchema = JsonObject

/** Lets TypeScript infer `run` and `examples` from the schemas. */
export function defineNode<
  Params extends z.ZodType,
  Output extends z.ZodType,
  const Port extends string = never,
>(node: NodeDefinition<Params, Output, Port>): NodeDefinition<Params, Output, Port> & { role: 'step' } {
  return { ...node, role: 'step' }
}

export const starts = [
  'manual',
  'webhook',
  'schedule',
  'event',
  'poll',
  'chat',
  'form',
  'call',
  'error',
] as const
/** What makes a trigger start its workflow. `event` is a service that calls us; `poll` is us asking it. */
export type Starts = (typeof starts)[number]

/** A call of a service at the trigger's own address, before anything of it is believed. */
export interface Delivery<Params> {
  params: Params
  /** The fields of the trigger's connection, for checking the signature. */
  fields: JsonObject
  method: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  /** The body as it came. */
  body: Uint8Array
  nowMs: number
}

/** What a delivery comes to. An empty list: it was genuine and starts nothing. */
export interface Received {
  reply: ResponseToCaller
  /** `key`: the service's own id of the event, so that a repeated delivery starts nothing twice. */
  runs: readonly { output: Json; key?: string }[]
}

export interface PollContext<Params> {
  params: Params
  http: Http
  /** What the last poll gave; null at the first, which should find nothing and remember where it stands. */
  cursor: Json
  nowMs: number
  signal: AbortSignal
}

export interface Polled {
  cursor: Json
  /** Oldest first. `key`: the service's own id, so that finding it twice starts nothing twice. */
  found: readonly { key: string; output: Json }[]
}

export interface TriggerDefinition<Params extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Described {
  starts: Starts
  connection?: ConnectionUse
  params: Params
  /** The shape of `trigger` in expressions. */
  output: Output
  outputLike?: Exclude<OutputLike, 'input' | { fields: string }>
  /** `event` only, and then always: checks the signature over the raw body, then reads it. Throws `fail('bad_signature', …)`. */
  receive?(delivery: Delivery<z.output<Params>>): Promise<Received>
  /** `poll` only, and then always. */
  poll?(ctx: PollContext<z.output<Params>>): Promise<Polled>
  examples: readonly { title: string; params: z.input<Params>; output: z.input<Output> }[]
}

export function defineTrigger<Params extends z.ZodType, Output extends z.ZodType>(
  trigger: TriggerDefinition<Params, Output>,
): TriggerDefinition<Params, Output> & { role: 'trigger' } {
  return { ...trigger, role: 'trigger' }
}

/** A box of nodes. The engine knows each `frame` by name and walks its body as a scope. */
export interface FrameDefinition<Params extends z.ZodType = z.ZodType> extends Described {
  frame: 'each' | 'repeat' | 'try'
  params: Params
  output: z.ZodType
  examples: readonly { title: string; params: z.input<Params> }[]
}

export function defineFrame<Params extends z.ZodType>(
  frame: FrameDefinition<Params>,
): FrameDefinition<Params> & { role: 'frame' } {
  return { ...frame, role: 'frame' }
}

/** A step definition whose schemas we no longer need to know, as in the catalog. */
export interface AnyStep extends Described {
  role: 'step'
  connection?: ConnectionUse
  effect: Effect
  readsWhen?: ReadsWhen
  recorded?: true
  params: z.ZodType
  output: z.ZodType
  ports?: readonly string[]
  portsFrom?: PortsFrom
  outputLike?: OutputLike
  takesTools?: true
  destination?: readonly string[]
  retry?: RetryPolicy
  timeoutMs?: number
  run(ctx: NodeContext<unknown, string>): unknown
  reconcile?(ctx: NodeContext<unknown, string>): Promise<Reconciled<unknown>>
  examples: readonly Example<unknown, unknown>[]
}
export interface AnyTrigger extends Omit<TriggerDefinition, 'receive' | 'poll'> {
  role: 'trigger'
  receive?(delivery: Delivery<unknown>): Promise<Received>
  poll?(ctx: PollContext<unknown>): Promise<Polled>
}
export type AnyFrame = FrameDefinition & { role: 'frame' }
export type AnyNode = AnyStep | AnyTrigger | AnyFrame

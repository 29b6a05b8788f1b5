import type { JsonSchema } from './define-node.ts'
import type { Json, JsonObject } from './json.ts'

/** Which model of which stored connection. */
export interface ModelChoice {
  connection: string
  model: string
}

export interface ToolCall {
  id: string
  name: string
  args: JsonObject
  /** What the model wrote, cut, where that was no JSON object; `args` is empty then. */
  unreadable?: string
}

/** What only the model that made it understands, such as signed thinking; it gets it back as it was, no other does. */
export interface Kept {
  model: string
  content: Json
}

export type ModelMessage =
  | { role: 'user'; text: string }
  | { role: 'assistant'; text: string; calls: readonly ToolCall[]; kept?: Kept }
  | { role: 'tool'; results: readonly { id: string; name: string; output: string; failed: boolean }[] }

export interface ModelTool {
  name: string
  description: string
  args: JsonSchema
}

export interface ModelRequest {
  /** Tried in order: the next when one is away, overloaded or refuses the key. */
  choices: readonly ModelChoice[]
  system?: string
  messages: readonly ModelMessage[]
  tools?: readonly ModelTool[]
  /** The answer is JSON of this shape, in `data`. */
  schema?: JsonSchema
  maxTokens: number
  temperature?: number
  /** Hears the text as it is written. */
  onText?(delta: string): void
}

export interface Usage {
  model: string
  inputTokens: number
  outputTokens: number
  /** Of the input, read from and written to the provider's cache. */
  cacheReadTokens: number
  cacheWriteTokens: number
  /** In US dollars; null when the price is not known. */
  costUsd: number | null
}

export interface ModelReply {
  text: string
  calls: ToolCall[]
  data?: Json
  /** Goes into the assistant message that this reply becomes. */
  kept?: Kept
  stop: 'end' | 'tools' | 'length' | 'refused'
  usage: Usage
}

/** A node drawn to an agent's `tools` port. */
export interface Tool {
  /** What the model calls it by: the node's key unless the maker named it. */
  name: string
  node: string
  title: string
  description: string
  /** JSON Schema of the parameters the maker left to the agent. */
  args: JsonSchema
  /** The least role whose approval each call needs. */
  approval?: 'editor' | 'admin' | 'owner'
  /** Whether calling it changes anything outside. */
  felt: boolean
  /** Whether where it goes is fixed by the maker: nothing that names a destination is left to the agent. */
  pinned: boolean
  /**
   * Runs the node with these arguments as a sub-step of that name. A failure of the tool is a result too; what must
   * end the agent's step (an unknown outcome, a cancel) is thrown.
   */
  call(about: { name: string; args: JsonObject }): Promise<ToolResult>
}

export type ToolResult = { output: Json } | { failure: { code: string; message: string } }

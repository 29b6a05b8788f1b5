import type { ModelReply, ModelRequest, Usage } from '#nodes/kit/model.ts'
import type { Fetch } from '#server/egress/fetch.ts'

/** One question to one model. */
export interface ModelCall extends Omit<ModelRequest, 'choices'> {
  model: string
  baseUrl: string
  fetch: Fetch
  signal: AbortSignal
  /** What the provider counted, priced. */
  priced(usage: Omit<Usage, 'costUsd'>): Usage
}

/** A provider behind its SDK. Throws `StepFailure`s only; `failures.ts` has their codes. */
export type AsksModel = (call: ModelCall) => Promise<ModelReply>

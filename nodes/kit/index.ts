// The one barrel: what a node's author imports.
export { z } from 'zod'
export * from './define-connection.ts'
export * from './define-node.ts'
export { type Failure, fail, StepFailure } from './failure.ts'
export { type Http, type HttpReply, type HttpRequest, scripted } from './http.ts'
export { isJson, isJsonObject, Json, JsonObject } from './json.ts'
export { noRetry, Reliability, type RetryPolicy, retryDelay } from './reliability.ts'

// The one barrel: what a node's author imports.
export { z } from 'zod'
export * from './define-connection.ts'
export * from './define-node.ts'
export { answered, badSignature, nothing, objectIn, objectsIn, readDelivery, textIn } from './delivery.ts'
export { fail, StepFailure } from './failure.ts'
export type { Http, HttpPart, HttpReply, HttpRequest } from './http.ts'
export { isJsonObject, Json, JsonObject } from './json.ts'
export { bodyOf, MailAddress, MailAddresses, MailBody, MailFiles } from './mail-params.ts'
export {
  FileRef,
  type Files,
  type Mail,
  type Means,
  type Sql,
  type SqlTable,
} from './means.ts'
export type * from './model.ts'
export { rowsOf } from './rows.ts'
export { sendOnce } from './send-once.ts'
export type * from './sub-step.ts'
export { isSuspended } from './suspended.ts'
export { isHmacSha256, isRecent, isSameText, signedBytes } from './verify.ts'

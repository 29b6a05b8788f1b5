import { z } from 'zod'
import type { Json } from './json.ts'
import type { ModelMessage, ModelReply, ModelRequest, Tool } from './model.ts'
import type { Answer, CallOutcome, Question, SubStep, SubStepResult, WorkflowCall } from './sub-step.ts'

/** Bytes that a run carries by reference. A step gives and takes this; the bytes stay in the tenant's store. */
export const FileRef = z
  .strictObject({
    file: z.uuid().meta({ title: 'Id' }),
    name: z.string().max(255).meta({ title: 'Name' }),
    type: z.string().max(200).meta({ title: 'Type' }),
    size: z.number().int().min(0).meta({ title: 'Bytes' }),
  })
  .meta({ title: 'File', widget: 'file' })
export type FileRef = z.infer<typeof FileRef>

export interface Files {
  read(file: FileRef): Promise<{ name: string; type: string; bytes: Uint8Array }>
  write(file: { name: string; type: string; bytes: Uint8Array }): Promise<FileRef>
}

/** Key-value state between runs, of the workflow or of the whole tenant. A change is made once per step. */
export interface StateStore {
  get(about: { scope: StateScope; key: string }): Promise<Json | undefined>
  set(about: { scope: StateScope; key: string; value: Json; keepMs?: number }): Promise<void>
  /** Adds to a number that begins at 0; gives what it is then. */
  add(about: { scope: StateScope; key: string; by: number; keepMs?: number }): Promise<number>
  /** False when there was nothing. */
  remove(about: { scope: StateScope; key: string }): Promise<boolean>
}
export type StateScope = 'workflow' | 'tenant'

/** An agent's memory of one conversation. */
export interface Memory {
  /** The newest messages, oldest first. */
  read(about: { conversation: string; most: number }): Promise<ModelMessage[]>
  /** Once per step, however often it is called. */
  append(about: { conversation: string; messages: readonly ModelMessage[] }): Promise<void>
}

export interface MailMessage {
  from: string
  to: readonly string[]
  cc?: readonly string[]
  bcc?: readonly string[]
  replyTo?: string
  subject: string
  text?: string
  html?: string
  headers?: Record<string, string>
  files?: readonly FileRef[]
}

export interface Mail {
  /** Sends by the step's SMTP connection. */
  send(message: MailMessage): Promise<{ messageId: string; accepted: string[]; rejected: string[] }>
  /** The message as RFC 5322 text, for APIs that take it raw. */
  compose(message: MailMessage): Promise<Uint8Array>
}

/** Asks the step's database connection. Values are always bound. */
export interface Sql {
  query(about: { text: string; values: readonly Json[]; most: number; readOnly: boolean }): Promise<SqlReply>
  /** Tables and columns as the database's own catalogue has them: the only names that may be put in a text. */
  tables(): Promise<readonly SqlTable[]>
}
export interface SqlReply {
  rows: { [column: string]: Json }[]
  count: number
}
export interface SqlTable {
  schema: string
  name: string
  columns: readonly { name: string; type: string; required: boolean }[]
  primaryKey: readonly string[]
}

/** Where a step stands. */
export interface Here {
  /** The node's key. */
  node: string
  /**
   * Whether what it reads may hold words of people outside: the run was started from outside, or something before it
   * asked another service.
   */
  outside(): boolean
}

/** What a step may use besides its parameters and HTTP. Each is lent by the runtime, for one attempt. */
export interface Means {
  /** Does the work unless it is on record that it was done; either way gives its output. */
  step(
    about: SubStep,
    work: (inside: { idempotencyKey: string; signal: AbortSignal }) => Promise<SubStepResult>,
  ): Promise<Json>
  /** Gives the answer if there is one; else the step lets go here, and runs again from its start once there is. */
  ask(question: Question): Promise<Answer>
  call(call: WorkflowCall): Promise<CallOutcome>
  model(request: ModelRequest): Promise<ModelReply>
  /** The nodes drawn to this one's `tools` port. */
  tools: readonly Tool[]
  /** Text for whoever watches now, such as a chat page; not recorded. */
  stream(text: string): void
  files: Files
  state: StateStore
  memory: Memory
  mail: Mail
  sql: Sql
  /** Id of the step's connection. */
  connection: string | undefined
  here: Here
}

import { z } from 'zod'
import { line } from '#server/db/plain-text.ts'

/** When a rule is raised. */
export const Condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('failure') }),
  z.strictObject({
    kind: z.literal('failure_rate'),
    /** Of the runs that ended in the last so many minutes, if there were at least so many. */
    percent: z.number().min(1).max(100),
    minutes: z.int().min(1).max(1_440),
    least: z.int().min(1).max(10_000).default(5),
  }),
  z.strictObject({ kind: z.literal('missed_schedule') }),
])
export type Condition = z.infer<typeof Condition>

const Url = z
  .url({ protocol: /^https?$/, error: 'Give an address such as https://example.com/alerts' })
  .max(2_000)

/** Where its message goes. An address that lets whoever knows it post is a secret: it is stored sealed. */
export const Channel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    to: z.array(z.email().max(254)).min(1).max(20),
    /** Of kind `email.smtp`; without one the installation’s own mail server sends. */
    connectionId: z.uuid().optional(),
  }),
  z.strictObject({ kind: z.literal('slack'), channel: line(200), connectionId: z.uuid() }),
  z.strictObject({ kind: z.literal('slack_webhook'), url: Url }),
  z.strictObject({ kind: z.literal('webhook'), url: Url }),
])
export type Channel = z.infer<typeof Channel>

export const NewRule = z.strictObject({
  name: line(120),
  /** Absent: every workflow. */
  workflowId: z.uuid().nullish(),
  condition: Condition,
  channel: Channel,
  enabled: z.boolean().default(true),
  quietMinutes: z.int().min(0).max(10_080).default(15),
})
export type NewRule = z.infer<typeof NewRule>

/** What is stored of where it goes. */
export const StoredTarget = z.union([
  z.strictObject({ to: z.array(z.string()) }),
  z.strictObject({ channel: z.string() }),
  /** base64 of the sealed address, and its host to show. */
  z.strictObject({ sealed: z.string(), host: z.string(), posts: z.enum(['slack', 'json']) }),
])
export type StoredTarget = z.infer<typeof StoredTarget>

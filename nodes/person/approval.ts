import { defineNode, isJsonObject, Json, z } from '../kit/index.ts'
import { Deadline, deadlineMs, spanMs } from '../kit/span.ts'
import { Escalation, LeastRole } from './who.ts'

const asked = { approved: false, comment: '', by: null, at: null }

export const personApproval = defineNode({
  id: 'person.approval',
  version: 1,
  title: 'Ask for approval',
  summary: 'Waits until a member approves or rejects, for as long as it takes. Restarts do no harm.',
  group: 'person',
  icon: 'user-check',
  line: 'Ask for approval: {title}',
  effect: 'none',
  params: z.object({
    title: z.string().min(1).max(300).meta({ title: 'Question', placeholder: 'Refund this order?' }),
    message: z.string().max(20_000).default('').meta({
      title: 'Explanation',
      description: 'What is good to know before deciding.',
      widget: 'multiline',
    }),
    data: Json.optional().meta({
      title: 'Data',
      description: 'Shown to who decides, and given on.',
      widget: 'json',
    }),
    editable: z
      .boolean()
      .default(false)
      .meta({ title: 'The data may be changed', description: 'By who approves, before it is given on.' }),
    role: LeastRole,
    deadline: Deadline,
    escalate: Escalation,
  }),
  ports: ['approved', 'rejected', 'expired'],
  output: z.object({
    approved: z.boolean(),
    comment: z.string(),
    data: Json.meta({ description: 'As it was shown, with the changes of who approved.' }),
    by: z.string().nullable().meta({ description: 'Who decided.' }),
    at: z.iso.datetime({ offset: true }).nullable(),
  }),
  async run({ params, ask, nowMs, to }) {
    const { title, message, data = null, editable, role, deadline, escalate } = params
    const answer = await ask({
      name: 'approval',
      kind: 'approval',
      title,
      request: { message, ...(data === null ? {} : { data }), editable },
      role,
      deadlineMs: deadlineMs(deadline, nowMs),
      ...(escalate.kind === 'none'
        ? {}
        : { escalate: { atMs: Math.round(nowMs + spanMs(escalate)), to: escalate.to } }),
    })
    if (answer.status === 'expired') return to('expired', { ...asked, data })
    const { approved, comment, data: changed = data } = decisionOf(answer.value)
    const output = {
      approved,
      comment,
      data: changed,
      by: answer.by,
      at: new Date(answer.atMs).toISOString(),
    }
    return approved ? to('approved', output) : to('rejected', output)
  },
  examples: [
    {
      title: 'A refund',
      params: { title: 'Refund this order?', data: { order: 17, amount: 40 }, editable: true },
      means: {
        answers: {
          approval: {
            status: 'answered',
            value: { approved: true, comment: 'Half is enough', data: { order: 17, amount: 20 } },
            by: 'ada',
            atMs: Date.UTC(2026, 0, 2),
          },
        },
      },
      output: {
        approved: true,
        comment: 'Half is enough',
        data: { order: 17, amount: 20 },
        by: 'ada',
        at: '2026-01-02T00:00:00.000Z',
      },
      port: 'approved',
    },
    {
      title: 'Rejected',
      params: { title: 'Publish the post?', role: 'admin' },
      means: {
        answers: {
          approval: { status: 'answered', value: { approved: false }, by: 'ada', atMs: Date.UTC(2026, 0, 2) },
        },
      },
      output: { approved: false, comment: '', data: null, by: 'ada', at: '2026-01-02T00:00:00.000Z' },
      port: 'rejected',
    },
    {
      title: 'Nobody decides within two days',
      params: { title: 'Send the offer?', deadline: { kind: 'after', amount: 2, unit: 'days' } },
      means: { answers: { approval: { status: 'expired' } } },
      output: { ...asked, data: null },
      port: 'expired',
    },
  ],
})

function decisionOf(value: Json): { approved: boolean; comment: string; data?: Json } {
  if (!isJsonObject(value)) return { approved: false, comment: '' }
  const { approved, comment = '', data } = value
  return { approved: approved === true, comment: String(comment), data }
}

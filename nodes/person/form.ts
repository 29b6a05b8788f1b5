import { FormField, fieldLimits, schemaOfFields } from '../kit/form-fields.ts'
import { defineNode, isJsonObject, JsonObject, z } from '../kit/index.ts'
import { Deadline, deadlineMs } from '../kit/span.ts'
import { LeastRole } from './who.ts'

export const personForm = defineNode({
  id: 'person.form',
  version: 1,
  title: 'Ask for a form',
  summary: 'Waits until someone fills in a form, for as long as it takes. Restarts do no harm.',
  group: 'person',
  icon: 'clipboard-list',
  line: 'Ask to fill in: {title}',
  effect: 'none',
  params: z.object({
    title: z.string().min(1).max(300).meta({ title: 'Title', placeholder: 'Delivery details' }),
    message: z
      .string()
      .max(20_000)
      .default('')
      .meta({ title: 'Explanation', description: 'What the form is for.', widget: 'multiline' }),
    fields: z
      .array(FormField)
      .min(1)
      .max(fieldLimits.fields)
      .default([{ name: 'answer', label: 'Answer', kind: 'long_text', required: true, options: [] }])
      .meta({ title: 'Fields', description: 'What is filled in, from top to bottom.', static: true }),
    role: LeastRole,
    path: z
      .string()
      .max(200)
      .regex(/^[A-Za-z0-9_-]*$/, 'Use letters, digits, - and _')
      .default('')
      .meta({
        title: 'Open address',
        description:
          'Lets people without an account fill it in at /forms/your-team/wait/ and this path. Different for each run, and hard to guess: such as run.id. Empty: members only.',
      }),
    deadline: Deadline,
  }),
  ports: ['out', 'expired'],
  output: z.object({
    fields: JsonObject.meta({ description: 'What was filled in, by the fields’ names.' }),
    by: z.string().nullable().meta({ description: 'Who filled it in.' }),
    at: z.iso.datetime({ offset: true }).nullable(),
  }),
  outputLike: { form: 'fields', at: 'fields' },
  async run({ params, ask, nowMs, to }) {
    const { title, message, fields, role, path, deadline } = params
    const answer = await ask({
      name: 'form',
      kind: 'form',
      title,
      request: { message, fields: schemaOfFields(fields), ...(path ? { path } : {}) },
      role: path ? null : role,
      deadlineMs: deadlineMs(deadline, nowMs),
    })
    if (answer.status === 'expired') return to('expired', { fields: {}, by: null, at: null })
    const { value, by, atMs } = answer
    const at = new Date(atMs).toISOString()
    return to('out', { fields: isJsonObject(value) ? value : {}, by, at })
  },
  examples: [
    {
      title: 'Delivery details',
      params: {
        title: 'When do we deliver?',
        fields: [
          { name: 'day', label: 'Day', kind: 'date', required: true },
          { name: 'note', label: 'For the driver', kind: 'long_text' },
        ],
      },
      means: {
        answers: {
          form: {
            status: 'answered',
            value: { day: '2026-01-05', note: 'Ring twice' },
            by: 'ada',
            atMs: Date.UTC(2026, 0, 2),
          },
        },
      },
      output: {
        fields: { day: '2026-01-05', note: 'Ring twice' },
        by: 'ada',
        at: '2026-01-02T00:00:00.000Z',
      },
      port: 'out',
    },
    {
      title: 'Nobody fills it in within an hour',
      params: { title: 'What went wrong?', deadline: { kind: 'after', amount: 1, unit: 'hours' } },
      means: { answers: { form: { status: 'expired' } } },
      output: { fields: {}, by: null, at: null },
      port: 'expired',
    },
  ],
})

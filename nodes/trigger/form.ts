import { FormField, fieldLimits } from '../kit/form-fields.ts'
import { defineTrigger, JsonObject, z } from '../kit/index.ts'

export const triggerForm = defineTrigger({
  id: 'trigger.form',
  version: 1,
  title: 'Form page',
  summary: 'Starts when someone fills in a form on a page that anyone with its address can open.',
  group: 'trigger',
  icon: 'clipboard-list',
  line: 'When someone fills in /forms/{path}',
  starts: 'form',
  params: z.object({
    path: z
      .string()
      .max(60)
      .regex(/^[a-z0-9_-]+$/)
      .meta({
        title: 'Path',
        description: 'The last part of the page’s address: lower-case letters, digits, - and _.',
        placeholder: 'contact',
        static: true,
      }),
    title: z
      .string()
      .min(1)
      .max(120)
      .default('Form')
      .meta({ title: 'Title', description: 'Stands above the form.', static: true }),
    description: z.string().max(2_000).default('').meta({
      title: 'Description',
      description: 'What the form is for, in a sentence or two.',
      widget: 'multiline',
      static: true,
    }),
    fields: z
      .array(FormField)
      .min(1)
      .max(fieldLimits.fields)
      .default([{ name: 'email', label: 'Your e-mail address', kind: 'email', required: true, options: [] }])
      .meta({ title: 'Fields', description: 'What people fill in, from top to bottom.', static: true }),
    answer: z
      .enum(['thanks', 'by_node'])
      .default('thanks')
      .meta({
        title: 'Afterwards show',
        options: { thanks: 'The text below', by_node: 'What a Respond node says' },
        static: true,
      }),
    thanks: z
      .string()
      .max(2_000)
      .default('Thank you. We have received your answers.')
      .meta({ title: 'Text afterwards', widget: 'multiline', static: true }),
  }),
  output: z.object({
    fields: JsonObject.meta({
      title: 'Fields',
      description: 'What was filled in, by the fields’ names; null where nothing was.',
    }),
    submittedAt: z.iso.datetime({ offset: true }).meta({ title: 'Submitted at' }),
  }),
  outputLike: { form: 'fields', at: 'fields' },
  examples: [
    {
      title: 'Take a lead',
      params: {
        path: 'contact',
        title: 'Talk to us',
        description: 'We answer within a working day.',
        fields: [
          { name: 'name', label: 'Your name', required: true },
          { name: 'email', label: 'Your e-mail address', kind: 'email', required: true },
          { name: 'size', label: 'Company size', kind: 'choice', options: ['1 to 10', '11 to 100', 'More'] },
          { name: 'message', label: 'What is it about?', kind: 'long_text' },
        ],
      },
      output: {
        fields: { name: 'Ada', email: 'ada@example.com', size: '11 to 100', message: null },
        submittedAt: '2026-01-01T09:00:00.000Z',
      },
    },
    {
      title: 'Report expenses',
      params: {
        path: 'expenses',
        title: 'Expenses',
        fields: [
          { name: 'amount', label: 'Amount', kind: 'number', required: true },
          { name: 'day', label: 'Day', kind: 'date', required: true },
          { name: 'paid', label: 'I have paid it myself', kind: 'checkbox' },
        ],
        answer: 'thanks',
        thanks: 'Your manager will decide soon.',
      },
      output: {
        fields: { amount: 42.5, day: '2026-01-01', paid: true },
        submittedAt: '2026-01-01T09:00:00.000Z',
      },
    },
  ],
})

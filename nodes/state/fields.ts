import { z } from '../kit/index.ts'

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

/** Which entry: the same fields on every node that touches state. */
export const entryFields = {
  scope: z
    .enum(['workflow', 'tenant'])
    .default('workflow')
    .meta({
      title: 'Kept for',
      description: 'This workflow alone, or every workflow of the team.',
      options: { workflow: 'This workflow', tenant: 'The whole team' },
    }),
  key: z
    .string()
    .min(1)
    .max(200)
    .meta({ title: 'Key', description: 'The name of the entry.', placeholder: 'last_order' }),
}

/** How long an entry lasts after it was changed. */
export const Expiry = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('never') }).meta({ title: 'Until it is removed' }),
    z
      .object({
        kind: z.literal('after'),
        amount: z.number().positive().max(3_650).default(1).meta({ title: 'How long' }),
        unit: z
          .enum(['minutes', 'hours', 'days'])
          .default('days')
          .meta({ title: 'Unit', options: { minutes: 'minutes', hours: 'hours', days: 'days' } }),
      })
      .meta({ title: 'For a while' }),
  ])
  .default({ kind: 'never' })
  .meta({ title: 'Lasts', description: 'After that it is as if it had never been there.' })

/** As the store takes it. */
export const keepOf = (expiry: z.output<typeof Expiry>): { keepMs?: number } =>
  expiry.kind === 'after' ? { keepMs: Math.round(expiry.amount * unitMs[expiry.unit]) } : {}

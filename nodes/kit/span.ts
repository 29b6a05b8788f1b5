import { z } from 'zod'

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const

/** A length of time as people say it. */
const Span = z.object({
  amount: z.number().positive().max(5_000).default(1).meta({ title: 'How long' }),
  unit: z
    .enum(['minutes', 'hours', 'days'])
    .default('days')
    .meta({ title: 'Unit', options: { minutes: 'minutes', hours: 'hours', days: 'days' } }),
})

/** How long a step waits for somebody. Ten years are the most that a run may wait. */
export const Deadline = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }).meta({ title: 'As long as it takes' }),
    Span.extend({ kind: z.literal('after') }).meta({ title: 'For a while' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Wait', description: 'When the time is up the run goes on by the port Expired.' })

export const spanMs = ({ amount, unit }: z.infer<typeof Span>): number => amount * unitMs[unit]

/** When the time is up; undefined for never. */
export const deadlineMs = (deadline: z.infer<typeof Deadline>, nowMs: number): number | undefined =>
  deadline.kind === 'none' ? undefined : Math.round(nowMs + spanMs(deadline))

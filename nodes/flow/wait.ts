import { defineNode, fail, Json, z } from '../kit/index.ts'

const unitMs = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
const MAX_WAIT_MS = 3_653 * unitMs.days

export const flowWait = defineNode({
  id: 'flow.wait',
  version: 1,
  title: 'Wait',
  summary: 'Holds the run for a while, or until a moment. Up to ten years; restarts do no harm.',
  group: 'logic',
  icon: 'hourglass',
  line: 'Wait {wait}',
  effect: 'none',
  params: z.object({
    wait: z
      .discriminatedUnion('kind', [
        z
          .object({
            kind: z.literal('for'),
            amount: z.number().min(0).default(5).meta({ title: 'How long' }),
            unit: z
              .enum(['seconds', 'minutes', 'hours', 'days'])
              .default('minutes')
              .meta({
                title: 'Unit',
                options: { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days' },
              }),
          })
          .meta({ title: 'For a while' }),
        z
          .object({
            kind: z.literal('until'),
            at: z.iso.datetime({ offset: true }).meta({
              title: 'Date and time',
              description:
                'With a zone, such as 2027-01-31T09:00:00Z. A moment that has passed does not wait.',
              placeholder: '2027-01-31T09:00:00Z',
            }),
          })
          .meta({ title: 'Until a moment' }),
      ])
      .default({ kind: 'for', amount: 5, unit: 'minutes' })
      .meta({ title: 'Wait' }),
  }),
  output: Json,
  outputLike: 'input',
  run({ params: { wait }, input, nowMs, pause }) {
    const untilMs = wait.kind === 'for' ? nowMs + wait.amount * unitMs[wait.unit] : Date.parse(wait.at)
    if (untilMs - nowMs > MAX_WAIT_MS) {
      throw fail('wait_too_long', 'A run waits ten years at most. Choose an earlier moment.')
    }
    return untilMs <= nowMs ? input : pause(untilMs, input)
  },
  examples: [
    {
      title: 'Two hours',
      params: { wait: { kind: 'for', amount: 2, unit: 'hours' } },
      input: { id: 1 },
      output: { id: 1 },
      waitsUntil: '2026-01-01T02:00:00Z',
    },
    {
      title: 'Until a date',
      params: { wait: { kind: 'until', at: '2026-12-24T18:00:00+01:00' } },
      input: null,
      output: null,
      waitsUntil: '2026-12-24T17:00:00Z',
    },
    {
      title: 'A date that has passed',
      params: { wait: { kind: 'until', at: '2020-01-01T00:00:00Z' } },
      input: 'go on',
      output: 'go on',
    },
    {
      title: 'Too long',
      params: { wait: { kind: 'for', amount: 4_000, unit: 'days' } },
      fails: 'wait_too_long',
    },
  ],
})

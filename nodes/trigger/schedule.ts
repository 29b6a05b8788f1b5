import { defineTrigger, z } from '../kit/index.ts'

export const triggerSchedule = defineTrigger({
  id: 'trigger.schedule',
  version: 1,
  title: 'Schedule',
  summary: 'Starts at set times, such as every weekday at nine.',
  group: 'trigger',
  icon: 'calendar-clock',
  line: '{cron} · {zone}',
  starts: 'schedule',
  params: z.object({
    cron: z.string().min(9).max(200).default('0 9 * * 1-5').meta({
      title: 'When',
      description:
        'A cron rule of five fields (minute, hour, day, month, weekday), or six with seconds in front.',
      placeholder: '0 9 * * 1-5',
      widget: 'cron',
      static: true,
    }),
    zone: z.string().min(1).max(64).default('UTC').meta({
      title: 'Time zone',
      description:
        'Times are read in this zone. A time that a clock change skips runs right after the change; one that comes twice runs once.',
      placeholder: 'America/Sao_Paulo',
      widget: 'zone',
      static: true,
    }),
    missed: z
      .enum(['skip', 'latest', 'all'])
      .default('latest')
      .meta({
        title: 'Missed times',
        description: 'What to do about times that passed while Trama was not running.',
        options: {
          skip: 'Leave them out',
          latest: 'Run once for the latest',
          all: 'Run for each of them',
        },
        static: true,
      }),
    windowHours: z.number().int().min(1).max(168).default(24).meta({
      title: 'Make up for at most',
      description: 'Hours. Times missed longer ago than this are left out, and recorded as missed.',
      static: true,
    }),
  }),
  output: z.object({
    scheduledFor: z.iso.datetime({ offset: true }).meta({
      title: 'Scheduled for',
      description: 'The time this run was due, which is not always the time it began.',
    }),
    zone: z.string().meta({ title: 'Time zone' }),
  }),
  examples: [
    {
      title: 'Every weekday at nine',
      params: { cron: '0 9 * * 1-5', zone: 'Europe/Lisbon' },
      output: { scheduledFor: '2026-01-05T09:00:00.000Z', zone: 'Europe/Lisbon' },
    },
    {
      title: 'Every hour',
      params: { cron: '0 * * * *' },
      output: { scheduledFor: '2026-01-01T00:00:00.000Z', zone: 'UTC' },
    },
  ],
})

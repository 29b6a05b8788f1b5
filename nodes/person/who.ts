import { z } from '../kit/index.ts'

/** The least role whose members may answer. */
export const LeastRole = z
  .enum(['viewer', 'editor', 'admin', 'owner'])
  .default('editor')
  .meta({
    title: 'Who may answer',
    description: 'Members with this role, and those with more rights.',
    options: { viewer: 'Everybody', editor: 'Editors', admin: 'Admins', owner: 'Owners' },
  })

/** From when on more members may answer. */
export const Escalation = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }).meta({ title: 'Never' }),
    z
      .object({
        kind: z.literal('after'),
        amount: z.number().positive().max(5_000).default(1).meta({ title: 'How long' }),
        unit: z
          .enum(['minutes', 'hours', 'days'])
          .default('days')
          .meta({ title: 'Unit', options: { minutes: 'minutes', hours: 'hours', days: 'days' } }),
        to: z
          .enum(['editor', 'admin', 'owner'])
          .default('editor')
          .meta({ title: 'Then also', options: { editor: 'Editors', admin: 'Admins', owner: 'Owners' } }),
      })
      .meta({ title: 'After a while' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Ask more people', description: 'Where those who may answer do not.' })

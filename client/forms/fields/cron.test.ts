import { describe, expect, it } from 'vitest'
import { type Plan, planKinds, planOf, readCron, writeCron } from './cron.ts'

const plans: [string, Plan][] = [
  ['* * * * *', { kind: 'minutes', every: 1 }],
  ['*/15 * * * *', { kind: 'minutes', every: 15 }],
  ['30 * * * *', { kind: 'hourly', minute: 30 }],
  ['5 9 * * *', { kind: 'daily', hour: 9, minute: 5 }],
  ['0 9 * * 1-5', { kind: 'weekly', days: [1, 2, 3, 4, 5], hour: 9, minute: 0 }],
  ['0 9 * * 1,3', { kind: 'weekly', days: [1, 3], hour: 9, minute: 0 }],
  ['0 7 31 * *', { kind: 'monthly', day: 31, hour: 7, minute: 0 }],
]

describe('cron', () => {
  it.each(plans)('%s is a plan, and back', (cron, plan) => {
    expect(readCron(cron)).toEqual(plan)
    expect(writeCron(plan)).toBe(cron)
  })

  it.each([
    '*/7 * * * *',
    '0 9 1 * 1',
    '0 9 * 6 *',
    '0 0 9 * * *',
    '0 25 * * *',
    '0 9 * * MON',
    '0 9 * * 5-1',
    '0 9',
    '',
    '0,30 9 * * *',
  ])('%j is left as it is', (cron) => {
    expect(readCron(cron)).toEqual({ kind: 'custom', cron })
    expect(writeCron(readCron(cron))).toBe(cron)
  })

  it('reads Sunday as 0 and as 7', () => {
    expect(readCron('0 9 * * 6-7')).toEqual({ kind: 'weekly', days: [0, 6], hour: 9, minute: 0 })
  })

  it('keeps the time of day from one kind to another', () => {
    expect(planOf('monthly', { kind: 'daily', hour: 14, minute: 20 })).toEqual({
      kind: 'monthly',
      day: 1,
      hour: 14,
      minute: 20,
    })
    for (const kind of planKinds) {
      const plan = planOf(kind, { kind: 'custom', cron: '0 0 9 * * *' })
      expect(kind === 'custom' ? 'custom' : readCron(writeCron(plan)).kind).toBe(kind)
    }
  })
})

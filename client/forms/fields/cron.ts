/** The schedules a maker can put together without knowing cron. */
export type Plan =
  | { kind: 'minutes'; every: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'daily'; hour: number; minute: number }
  | { kind: 'weekly'; days: number[]; hour: number; minute: number }
  | { kind: 'monthly'; day: number; hour: number; minute: number }
  | { kind: 'custom'; cron: string }

export const planKinds = ['minutes', 'hourly', 'daily', 'weekly', 'monthly', 'custom'] as const

/** Steps that divide an hour: any other would stumble at its end. */
export const minuteSteps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30] as const

const within = (text: string | undefined, low: number, high: number): number | null => {
  if (text === undefined || !/^\d{1,2}$/.test(text)) return null
  const number = Number(text)
  return number >= low && number <= high ? number : null
}

/** The plan a cron rule says, or the rule itself when it says more. */
export function readCron(cron: string): Plan {
  const custom: Plan = { kind: 'custom', cron }
  const [minutes, hours, day, month, weekday, ...more] = cron.trim().split(/\s+/)
  if (more.length > 0 || weekday === undefined || month !== '*') return custom
  const every = hours === '*' && day === '*' && weekday === '*' ? stepOf(minutes) : null
  if (every !== null) return { kind: 'minutes', every }
  const minute = within(minutes, 0, 59)
  if (minute === null) return custom
  if (hours === '*') return day === '*' && weekday === '*' ? { kind: 'hourly', minute } : custom
  const hour = within(hours, 0, 23)
  if (hour === null) return custom
  if (day === '*' && weekday === '*') return { kind: 'daily', hour, minute }
  const days = day === '*' ? daysOf(weekday) : null
  if (days) return { kind: 'weekly', days, hour, minute }
  const date = weekday === '*' ? within(day, 1, 31) : null
  return date === null ? custom : { kind: 'monthly', day: date, hour, minute }
}

function stepOf(minutes: string | undefined): number | null {
  if (minutes === '*') return 1
  const step = within(/^\*\/(\d{1,2})$/.exec(minutes ?? '')?.[1], 1, 30)
  return minuteSteps.find((known) => known === step) ?? null
}

/** `1-5` and `1,3,7`; Sunday is 0, and 7 too. */
function daysOf(weekday: string): number[] | null {
  const days = new Set<number>()
  for (const part of weekday.split(',')) {
    const [first, last = first] = part.split('-')
    const from = within(first, 0, 7)
    const to = within(last, 0, 7)
    if (from === null || to === null || to < from) return null
    for (let day = from; day <= to; day += 1) days.add(day % 7)
  }
  return [...days].sort((a, b) => a - b)
}

export function writeCron(plan: Plan): string {
  switch (plan.kind) {
    case 'minutes':
      return plan.every === 1 ? '* * * * *' : `*/${plan.every} * * * *`
    case 'hourly':
      return `${plan.minute} * * * *`
    case 'daily':
      return `${plan.minute} ${plan.hour} * * *`
    case 'weekly':
      return `${plan.minute} ${plan.hour} * * ${weekdays(plan.days)}`
    case 'monthly':
      return `${plan.minute} ${plan.hour} ${plan.day} * *`
    case 'custom':
      return plan.cron
    default:
      return plan satisfies never
  }
}

const weekdays = (days: readonly number[]) => {
  const sorted = [...days].sort((a, b) => a - b)
  const [first = 0] = sorted
  const isRange = sorted.length > 2 && sorted.every((day, at) => day === first + at)
  return isRange ? `${first}-${first + sorted.length - 1}` : sorted.join(',')
}

/** The nearest plan of another kind: keeps the time of day. */
export function planOf(kind: Plan['kind'], from: Plan): Plan {
  const hour = 'hour' in from ? from.hour : 9
  const minute = 'minute' in from ? from.minute : 0
  switch (kind) {
    case 'minutes':
      return { kind, every: 15 }
    case 'hourly':
      return { kind, minute }
    case 'daily':
      return { kind, hour, minute }
    case 'weekly':
      return { kind, days: [1, 2, 3, 4, 5], hour, minute }
    case 'monthly':
      return { kind, day: 1, hour, minute }
    case 'custom':
      return { kind, cron: writeCron(from) }
    default:
      return kind satisfies never
  }
}

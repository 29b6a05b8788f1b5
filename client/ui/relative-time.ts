const steps = [
  { unit: 'second', ms: 1_000, below: 60_000 },
  { unit: 'minute', ms: 60_000, below: 3_600_000 },
  { unit: 'hour', ms: 3_600_000, below: 86_400_000 },
  { unit: 'day', ms: 86_400_000, below: 30 * 86_400_000 },
  { unit: 'month', ms: 30 * 86_400_000, below: 365 * 86_400_000 },
  { unit: 'year', ms: 365 * 86_400_000, below: Number.POSITIVE_INFINITY },
] as const

/** “now”, “5 min. ago”, “in 2 hr.”: the largest unit that is at least one, rounded down. */
export function relativeTime({ at, now, locale }: { at: number; now: number; locale: string }): string {
  const passed = at - now
  const distance = Math.abs(passed)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  // Clocks of browser and server differ a little: nothing is seconds in the future.
  if (distance < 5_000) return format.format(0, 'second')
  const step = steps.find((step) => distance < step.below) ?? steps[5]
  return format.format(Math.trunc(passed / step.ms), step.unit)
}

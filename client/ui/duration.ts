/** A length of time in at most two units: `340ms`, `2.4s`, `3m 5s`, `2h 10m`, `4d 3h`. */
export function formatDuration(ms: number, locale: string): string {
  const part = (value: number, unit: Unit, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'narrow',
      maximumFractionDigits: digits,
    }).format(value)
  const two = (large: number, largeUnit: Unit, small: number, smallUnit: Unit) =>
    small === 0 ? part(large, largeUnit) : `${part(large, largeUnit)} ${part(small, smallUnit)}`

  const seconds = Math.round(ms / 1000)
  if (ms < 999.5) return part(Math.max(0, Math.round(ms)), 'millisecond')
  if (ms < 9_950) return part(ms / 1000, 'second', 1)
  if (seconds < 60) return part(seconds, 'second')
  if (seconds < 3600) return two(Math.floor(seconds / 60), 'minute', seconds % 60, 'second')
  const minutes = Math.round(seconds / 60)
  if (minutes < 1440) return two(Math.floor(minutes / 60), 'hour', minutes % 60, 'minute')
  const hours = Math.round(minutes / 60)
  return two(Math.floor(hours / 24), 'day', hours % 24, 'hour')
}

type Unit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day'

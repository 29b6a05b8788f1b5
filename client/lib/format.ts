import { useMemo } from 'react'
import { useLocale } from 'use-intl'

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size in the largest unit that keeps it at least one: `340 byte`, `1.2 MB`. */
export function formatBytes(bytes: number, locale: string): string {
  const step = Math.min(sizes.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: sizes[step],
    unitDisplay: 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}

/** A moment with seconds, in the viewer's zone and language. */
export function formatMoment(at: Date | string | number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at))
}

/** A moment that is near: the time alone, and the day with it where that is another one. */
function formatNear(at: number, { now, locale }: { now: number; locale: string }): string {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'short' })
  const isToday = day.format(at) === day.format(now)
  return new Intl.DateTimeFormat(
    locale,
    isToday ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' },
  ).format(at)
}

export function formatDay(at: Date | string | number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at))
}

/** An amount of US dollars; less than a cent with the digits that tell it from nothing. */
export function formatUsd(value: number, locale: string): string {
  const digits = value !== 0 && Math.abs(value) < 0.1 ? 4 : 2
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: digits,
  }).format(value)
}

/** Numbers, lists and moments in the viewer's language. Ages and durations are `TimeAgo` and `Duration`. */
export function useFormat() {
  const locale = useLocale()
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale)
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
    const list = new Intl.ListFormat(locale, { type: 'conjunction' })
    return {
      number: (value: number) => number.format(value),
      percent: (part: number) => percent.format(part),
      usd: (value: number) => formatUsd(value, locale),
      list: (words: readonly string[]) => list.format(words),
      bytes: (value: number) => formatBytes(value, locale),
      moment: (at: Date | string | number) => formatMoment(at, locale),
      near: (at: number) => formatNear(at, { now: Date.now(), locale }),
      day: (at: Date | string | number) => formatDay(at, locale),
    }
  }, [locale])
}

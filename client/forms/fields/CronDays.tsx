import { clsx } from 'clsx'
import { useLocale } from 'use-intl'
import { useT } from '#client/lib/use-t.ts'
import { useForm } from '../form-setting.ts'

const week = [1, 2, 3, 4, 5, 6, 0]

/** 5 January 2025 was a Sunday. */
const dayName = (day: number, locale: string, weekday: 'short' | 'long') =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(new Date(Date.UTC(2025, 0, 5 + day)))

/** Days of the week, any number of them but none. */
export function CronDays({
  days,
  onChange,
}: {
  days: readonly number[]
  onChange: (days: number[]) => void
}) {
  const t = useT('forms')
  const locale = useLocale()
  const { readOnly } = useForm()
  const toggle = (day: number) => {
    const next = days.includes(day) ? days.filter((other) => other !== day) : [...days, day]
    if (next.length > 0) onChange(next)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex row in every browser.
    <div role="group" aria-label={t('cron.days')} className="flex min-w-0 gap-1">
      {week.map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          aria-label={dayName(day, locale, 'long')}
          disabled={readOnly}
          onClick={() => toggle(day)}
          className={clsx(
            'h-7 min-w-0 grow basis-0 truncate rounded-sm border text-sm transition-colors duration-[120ms]',
            days.includes(day)
              ? 'border-accent-line bg-accent-soft font-medium text-accent'
              : 'border-edge/70 bg-surface text-muted hover:bg-hover',
          )}
        >
          {dayName(day, locale, 'short').replace('.', '')}
        </button>
      ))}
    </div>
  )
}

import { clsx } from 'clsx'
import { useT } from '#client/lib/use-t.ts'
import { type Days, periods } from './figures.ts'

/** A row of periods, one of them chosen. */
export function PeriodPicker({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const t = useT('monitoring')
  return (
    <fieldset className="flex rounded-sm border border-line bg-surface p-0.5">
      <legend className="sr-only">{t('dashboard.period.label')}</legend>
      {periods.map((one) => (
        <label
          key={one}
          className={clsx(
            'flex h-7 cursor-pointer items-center rounded-xs px-2.5 text-sm has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent',
            one === days ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name="period"
            className="sr-only"
            checked={one === days}
            onChange={() => onChange(one)}
          />
          {t(`dashboard.period.${one}`)}
        </label>
      ))}
    </fieldset>
  )
}

import { useId, useMemo } from 'react'
import { useLocale } from 'use-intl'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    return false
  }
}

/** A time zone, found by typing any part of its name. */
export function ZoneField({ shape, label, value, onChange }: WidgetProps<'zone'>) {
  const t = useT('forms')
  const locale = useLocale()
  const { readOnly } = useForm()
  const list = useId()
  const zone = String(value ?? shape.default ?? '')
  const known = useMemo(() => isZone(zone), [zone])
  const own = ownZone()
  const offset = known ? offsetOf(zone, locale) : null
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <TextInput
        aria-label={label}
        list={list}
        spellCheck={false}
        autoComplete="off"
        value={zone}
        placeholder={shape.placeholder}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {zones.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="flex empty:hidden flex-wrap items-center justify-between gap-x-3 text-sm">
        {known && zone !== 'UTC' && <span className="text-muted tabular-nums">{offset}</span>}
        {!known && <span className="text-bad">{t('zone.unknown')}</span>}
        {!readOnly && own !== zone && (
          <Button size="sm" variant="quiet" className="-mr-2.5" onClick={() => onChange(own)}>
            {t('zone.useOwn', { zone: own })}
          </Button>
        )}
      </div>
    </div>
  )
}

const offsetOf = (zone: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date())
    .find((part) => part.type === 'timeZoneName')?.value ?? null

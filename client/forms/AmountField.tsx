import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'

export interface AmountFieldProps {
  label: string
  help?: string
  value: number | undefined
  /** What holds where nothing is given; without one, something has to be. */
  fallback?: number
  range: readonly [number, number]
  /** Whole numbers only. */
  whole?: boolean
  unit?: string
  /** What is wrong with it, beyond its range. */
  error?: string
  readOnly: boolean
  onChange: (value: number | undefined) => void
}

/** A number with its unit; empty, it shows what holds instead. */
export function AmountField(props: AmountFieldProps) {
  const { label, help, value, fallback, range, whole = false, unit, error, readOnly, onChange } = props
  const t = useT('forms')
  const [min, max] = range
  const isOutside = value !== undefined && (value < min || value > max)
  return (
    <Field label={label} help={help} error={isOutside ? t('reliability.range', { min, max }) : error}>
      <div className="flex items-center gap-2">
        <div className="w-28">
          <TextInput
            type="number"
            inputMode="decimal"
            min={min}
            max={max}
            step={whole ? 1 : 'any'}
            value={value ?? ''}
            placeholder={fallback === undefined ? undefined : String(fallback)}
            readOnly={readOnly}
            onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
            className="tabular-nums"
          />
        </div>
        {unit && <span className="text-muted text-sm">{unit}</span>}
        {value === undefined && fallback !== undefined && (
          <span className="text-faint text-sm">{t('reliability.default')}</span>
        )}
      </div>
    </Field>
  )
}

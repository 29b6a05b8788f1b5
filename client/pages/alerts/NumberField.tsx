import { Field } from '#client/ui/Field.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'

interface NumberFieldProps {
  label: string
  value: number
  min?: number
  max: number
  onChange: (value: number) => void
}

/** A whole number within bounds. */
export function NumberField({ label, value, min = 1, max, onChange }: NumberFieldProps) {
  return (
    <Field label={label} className="max-w-60">
      <TextInput
        type="number"
        min={min}
        max={max}
        step={1}
        value={String(value)}
        onChange={(event) => {
          const next = Math.round(event.target.valueAsNumber)
          if (!Number.isNaN(next)) onChange(Math.min(max, Math.max(min, next)))
        }}
      />
    </Field>
  )
}

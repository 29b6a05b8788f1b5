import { useState } from 'react'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

type NumberLike = Pick<WidgetProps<'number'>, 'label' | 'value' | 'onChange'> & {
  shape: Partial<WidgetProps<'number'>['shape']>
}

/** A number; an empty field takes the default. What is not a number stays written, and is not stored. */
export function NumberField({ shape, label, value, onChange }: NumberLike) {
  const { readOnly } = useForm()
  const stored = typeof value === 'number' ? String(value) : ''
  const [written, setWritten] = useState(stored)
  const said = written.trim() === '' ? undefined : Number(written)
  const shows = said === value ? written : stored
  const change = (text: string) => {
    setWritten(text)
    if (text.trim() === '') onChange(undefined)
    else if (Number.isFinite(Number(text))) onChange(Number(text))
  }
  return (
    <div className="flex min-w-0 grow items-center gap-2">
      <TextInput
        aria-label={label}
        type="number"
        inputMode={shape.integer ? 'numeric' : 'decimal'}
        step={shape.integer ? 1 : 'any'}
        min={shape.min}
        max={shape.max}
        value={shows}
        placeholder={shape.default === undefined ? shape.placeholder : String(shape.default)}
        readOnly={readOnly}
        onChange={(event) => change(event.target.value)}
        className="tabular-nums"
      />
      {shape.unit && <span className="shrink-0 text-muted text-sm">{shape.unit}</span>}
    </div>
  )
}

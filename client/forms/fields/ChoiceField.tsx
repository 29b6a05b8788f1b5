import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

/** One of a few: side by side while they fit, a select otherwise. */
export function ChoiceField({ shape, label, value, onChange }: WidgetProps<'choice'>) {
  const t = useT('forms')
  const { readOnly } = useForm()
  const chosen = String(value ?? shape.default ?? '')
  const known = shape.options.some((option) => String(option.value) === chosen)
  const options = shape.options.map((option) => ({ value: String(option.value), label: option.title }))
  const unknown = known ? [] : [{ value: chosen, label: chosen || t('choice.none') }]
  const pick = (text: string) => {
    const option = shape.options.find((option) => String(option.value) === text)
    if (option) onChange(option.value)
  }
  return (
    <Select
      aria-label={label}
      value={chosen}
      options={[...unknown, ...options]}
      onChange={pick}
      disabled={readOnly}
      className="grow"
    />
  )
}

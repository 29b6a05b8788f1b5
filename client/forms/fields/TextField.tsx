import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import { TextWithPills } from '../TextWithPills.tsx'
import type { WidgetProps } from './widget.ts'

/** Words, with picked data among them unless the field is static. */
export function TextField({ shape, label, value, onChange, placeRef }: WidgetProps<'text'>) {
  const { readOnly } = useForm()
  if (!shape.static) {
    return (
      <TextWithPills
        value={value ?? shape.default}
        onChange={onChange}
        shape={shape}
        label={label}
        multiline={shape.multiline}
        placeholder={shape.placeholder}
        placeRef={placeRef}
      />
    )
  }
  const shared = {
    'aria-label': label,
    value: String(value ?? shape.default ?? ''),
    placeholder: shape.placeholder,
    maxLength: shape.maxLength,
    readOnly,
  }
  if (shape.multiline) return <TextArea {...shared} onChange={(event) => onChange(event.target.value)} />
  return <TextInput {...shared} onChange={(event) => onChange(event.target.value)} />
}

import { TextWithPills } from '../TextWithPills.tsx'
import { BooleanField } from './BooleanField.tsx'
import { JsonField } from './JsonField.tsx'
import { NumberField } from './NumberField.tsx'
import { kindOfValue } from './value-kind.ts'
import type { WidgetProps } from './widget.ts'

/** Any JSON on one line: words and picked data, unless the menu beside it says it is something else. */
export function ValueField({ shape, label, path, value, onChange, placeRef }: WidgetProps<'value'>) {
  const held = value ?? shape.default
  const kind = kindOfValue(held)
  switch (kind) {
    case 'text':
      return (
        <TextWithPills
          value={held}
          onChange={onChange}
          shape={shape}
          label={label}
          placeholder={shape.placeholder}
          placeRef={placeRef}
        />
      )
    case 'number':
      return <NumberField shape={{}} label={label} value={held} onChange={(next) => onChange(next ?? 0)} />
    case 'boolean':
      return <BooleanField shape={{}} label={label} value={held} onChange={onChange} />
    case 'json':
      return (
        <JsonField
          shape={{ ...shape, kind: 'json' }}
          label={label}
          path={path}
          value={held}
          onChange={onChange}
          placeRef={placeRef}
        />
      )
    default:
      return kind satisfies never
  }
}

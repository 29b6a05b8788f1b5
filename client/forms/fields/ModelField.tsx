import { useId } from 'react'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import { knownModels } from './known-models.ts'
import type { WidgetProps } from './widget.ts'

/** The name of a model; those we know of the chosen connection's kind are offered, any other may be typed. */
export function ModelField({ shape, label, value, onChange }: WidgetProps<'model'>) {
  const { readOnly, connections = [], connection } = useForm()
  const list = useId()
  const kind = connections.find(({ id }) => id === connection)?.kind ?? ''
  const offered = knownModels[kind] ?? Object.values(knownModels).flat()
  return (
    <>
      <TextInput
        mono
        aria-label={label}
        list={list}
        spellCheck={false}
        autoComplete="off"
        className="grow"
        value={String(value ?? shape.default ?? '')}
        placeholder={shape.placeholder}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

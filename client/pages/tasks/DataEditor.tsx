import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { isJson, type Json } from '#nodes/kit/json.ts'
import { fieldTitle, flatFields, type Scalar, typed } from './flat.ts'

export interface DataEditorProps {
  value: Json
  /** As it was asked: says of what kind each field is. */
  original: Json
  /** Undefined while what is written is no JSON. */
  onChange: (value: Json | undefined) => void
}

const LONG = 60

/** Changes what is approved: field by field where it is a plain list, else as JSON. */
export function DataEditor({ value, original, onChange }: DataEditorProps) {
  const fields = flatFields(original)
  const now = flatFields(value)
  if (!fields || !now) return <RawEditor value={value} onChange={onChange} />
  const current = new Map(now)
  const set = (name: string, own: Scalar) =>
    onChange(
      Object.fromEntries(fields.map(([each]) => [each, each === name ? own : (current.get(each) ?? null)])),
    )
  return (
    <div className="flex flex-col gap-4">
      {fields.map(([name, before]) => (
        <FieldEditor
          key={name}
          name={name}
          before={before}
          value={current.get(name) ?? null}
          onChange={(own) => set(name, own)}
        />
      ))}
    </div>
  )
}

interface FieldEditorProps {
  name: string
  before: Scalar
  value: Scalar
  onChange: (value: Scalar) => void
}

function FieldEditor({ name, before, value, onChange }: FieldEditorProps) {
  const label = fieldTitle(name)
  if (typeof before === 'boolean')
    return <Checkbox label={label} checked={value === true} onChange={onChange} />
  const text = value === null ? '' : String(value)
  const shared = {
    value: text,
    onChange: (event: { target: { value: string } }) => onChange(typed(before, event.target.value)),
  }
  const long = typeof before === 'string' && (before.length > LONG || before.includes('\n'))
  return (
    <Field label={label}>
      {long ? (
        <TextArea {...shared} className="text-lg!" />
      ) : (
        <TextInput
          {...shared}
          inputMode={typeof before === 'number' ? 'decimal' : undefined}
          className="h-10! text-lg!"
        />
      )}
    </Field>
  )
}

function RawEditor({ value, onChange }: Omit<DataEditorProps, 'original'>) {
  const t = useT('people')
  const [text, setText] = useState(() => JSON.stringify(value, null, 2))
  const read = parsed(text)
  return (
    <Field label={t('tasks.data')} hideLabel error={read === undefined ? t('tasks.notJson') : undefined}>
      <TextArea
        mono
        rows={8}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          onChange(parsed(event.target.value))
        }}
      />
    </Field>
  )
}

function parsed(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value) ? value : undefined
  } catch {
    return undefined
  }
}

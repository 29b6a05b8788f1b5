import { useT } from '#client/lib/use-t.ts'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { Field } from '#client/ui/Field.tsx'
import { AlertIcon } from '#client/ui/icons.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Fault } from '#nodes/kit/fill-in.ts'
import type { JsonObject } from '#nodes/kit/json.ts'
import type { FormField } from './fields.ts'

export interface FormFieldsProps {
  fields: readonly FormField[]
  values: JsonObject
  files: ReadonlyMap<string, File>
  faults: ReadonlyMap<string, Fault>
  disabled?: boolean
  onValue: (name: string, value: string | boolean) => void
  onFile: (name: string, file: File | null) => void
}

/** A form's questions, one below the other, each with what is wrong with its answer. */
export function FormFields(props: FormFieldsProps) {
  return (
    <div className="flex flex-col gap-5">
      {props.fields.map((field) => (
        <OneField key={field.name} field={field} {...props} />
      ))}
    </div>
  )
}

function OneField(props: FormFieldsProps & { field: FormField }) {
  const { field, faults, values, disabled, onValue } = props
  const t = useT('people')
  const fault = faults.get(field.name)
  const error =
    fault &&
    t(`form.fault.${field.kind === 'checkbox' && fault === 'required' ? 'required_checkbox' : fault}`)
  if (field.kind === 'checkbox')
    return (
      <div data-field={field.name} className="flex flex-col gap-1">
        <Checkbox
          label={field.label}
          help={field.help || undefined}
          checked={values[field.name] === true}
          disabled={disabled}
          onChange={(checked) => onValue(field.name, checked)}
        />
        {error && (
          <p className="flex items-center gap-1.5 pl-8.5 text-bad text-sm">
            <AlertIcon aria-hidden className="size-3.5 shrink-0" />
            {error}
          </p>
        )}
      </div>
    )
  return (
    <div data-field={field.name}>
      <Field
        label={field.required ? field.label : <Optional label={field.label} />}
        help={field.help || (field.kind === 'file' ? t('form.file') : undefined)}
        error={error}
        required={field.required}
      >
        <Control {...props} />
      </Field>
    </div>
  )
}

function Optional({ label }: { label: string }) {
  const t = useT('people')
  return (
    <>
      {label} <span className="font-normal text-faint">{t('form.optional')}</span>
    </>
  )
}

const roomy = 'h-10! text-lg!'

function Control({ field, values, disabled, onValue, onFile }: FormFieldsProps & { field: FormField }) {
  const t = useT('people')
  const { name, kind, maxLength } = field
  const value = values[name]
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  const shared = { name, disabled, value: text, maxLength }
  const onChange = (event: { target: { value: string } }) => onValue(name, event.target.value)
  switch (kind) {
    case 'text':
      return <TextInput {...shared} onChange={onChange} className={roomy} />
    case 'email':
      return (
        <TextInput
          {...shared}
          type="email"
          inputMode="email"
          autoComplete="email"
          onChange={onChange}
          className={roomy}
        />
      )
    case 'number':
      return <TextInput {...shared} type="number" step="any" onChange={onChange} className={roomy} />
    case 'date':
      return <TextInput {...shared} type="date" onChange={onChange} className={roomy} />
    case 'long_text':
      return <TextArea {...shared} rows={4} onChange={onChange} className="min-h-24 text-lg!" />
    case 'choice':
      return (
        <Select
          name={name}
          disabled={disabled}
          value={text}
          className="[&_select]:h-10 [&_select]:text-lg"
          options={[
            { value: '', label: t('form.choose') },
            ...field.options.map((value) => ({ value, label: value })),
          ]}
          onChange={(chosen) => onValue(name, chosen)}
        />
      )
    case 'file':
      return (
        <TextInput
          type="file"
          name={name}
          disabled={disabled}
          onChange={(event) => onFile(name, event.target.files?.[0] ?? null)}
          className="h-10! py-1.5 text-base! file:mr-3 file:h-6 file:rounded-xs file:border-0 file:bg-hover file:px-2 file:font-medium file:text-ink file:text-sm"
        />
      )
    // Has its label beside it: `OneField`.
    case 'checkbox':
      return null
  }
  return kind satisfies never
}

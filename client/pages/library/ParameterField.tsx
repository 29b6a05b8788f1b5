import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Parameter } from '#nodes/graph/library/parameter.ts'
import { ConnectionDialog } from '../connections/ConnectionDialog.tsx'
import { useConnectionKinds } from './use-connection-kinds.ts'

interface ParameterFieldProps {
  parameter: Parameter
  value: string | number | undefined
  error?: string
  onChange: (value: string | number | undefined) => void
}

/** One thing that an item asks for. */
export function ParameterField({ parameter, value, error, onChange }: ParameterFieldProps) {
  const t = useT('library')
  if (parameter.kind === 'connection') return <ConnectionChoice {...{ parameter, value, error, onChange }} />
  const shared = { label: parameter.label, help: parameter.help || undefined, error }
  const shown = value ?? parameter.default ?? ''
  switch (parameter.kind) {
    case 'text':
      return (
        <Field {...shared} required={parameter.default === undefined}>
          {parameter.multiline ? (
            <TextArea value={String(shown)} onChange={(event) => onChange(event.target.value)} />
          ) : (
            <TextInput value={String(shown)} onChange={(event) => onChange(event.target.value)} />
          )}
        </Field>
      )
    case 'number':
      return (
        <Field {...shared} required={parameter.default === undefined}>
          <TextInput
            type="number"
            step="any"
            value={String(shown)}
            onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
          />
        </Field>
      )
    case 'choice':
      return (
        <Field {...shared} required={parameter.default === undefined}>
          <Select
            value={String(shown)}
            options={[
              ...(parameter.default === undefined ? [{ value: '', label: t('install.optionChoose') }] : []),
              ...parameter.options,
            ]}
            onChange={(picked) => onChange(picked === '' ? undefined : picked)}
          />
        </Field>
      )
    default:
      return parameter satisfies never
  }
}

interface ConnectionChoiceProps extends ParameterFieldProps {
  parameter: Extract<Parameter, { kind: 'connection' }>
}

/** A stored connection of a kind that fits, or a new one, made without leaving. */
function ConnectionChoice({ parameter, value, error, onChange }: ConnectionChoiceProps) {
  const t = useT('library')
  const trpc = useTRPC()
  const manages = useCan('administer')
  const { kinds, titleOf } = useConnectionKinds()
  const [creating, setCreating] = useState(false)
  const list = useQuery(trpc.connections.list.queryOptions())
  const fitting = (list.data ?? []).filter(({ kind }) => parameter.kinds.includes(kind))
  const none = list.data !== undefined && fitting.length === 0
  const help = [
    parameter.help || parameter.kinds.map(titleOf).join(' · '),
    parameter.required ? '' : t('install.optional'),
    none && !manages ? `${t('install.noneFits')} ${t('install.askAdmin')}` : '',
  ]
  return (
    <Field label={parameter.label} help={help.filter((part) => part !== '').join(' ')} error={error}>
      <div className="flex items-center gap-2">
        <Select
          aria-label={parameter.label}
          value={typeof value === 'string' ? value : ''}
          options={[
            { value: '', label: none ? t('install.noneFits') : t('install.later') },
            ...fitting.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(id) => onChange(id === '' ? undefined : id)}
          className="grow"
        />
        {manages && (
          <Button icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
            {t('install.create')}
          </Button>
        )}
      </div>
      <ConnectionDialog
        kinds={kinds.filter(({ id }) => parameter.kinds.includes(id))}
        connection={creating ? 'new' : null}
        onMade={onChange}
        onDone={() => setCreating(false)}
      />
    </Field>
  )
}

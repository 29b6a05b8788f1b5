import { Plus as PlusIcon } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Select } from '#client/ui/Select.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

interface ConnectionSelectProps {
  label: string
  /** Kinds the node takes; all of them when empty. */
  kinds: readonly string[]
  required: boolean
  value: string | undefined
  onChange: (id: string | undefined) => void
}

/** A stored credential of the right kind, or a new one. */
export function ConnectionSelect({ label, kinds, required, value, onChange }: ConnectionSelectProps) {
  const t = useT('forms')
  const { connections = [], onNewConnection, readOnly } = useForm()
  const fitting = connections.filter((connection) => kinds.length === 0 || kinds.includes(connection.kind))
  const isGone = value !== undefined && !fitting.some((connection) => connection.id === value)
  const options = [
    { value: '', label: t(required ? 'connection.choose' : 'connection.none') },
    ...fitting.map((connection) => ({ value: connection.id, label: connection.name })),
    ...(isGone ? [{ value, label: t('connection.gone') }] : []),
  ]
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Select
        aria-label={label}
        value={value ?? ''}
        options={options}
        onChange={(id) => onChange(id === '' ? undefined : id)}
        disabled={readOnly}
        className="grow"
      />
      {onNewConnection && !readOnly && (
        <Button icon={<PlusIcon aria-hidden />} onClick={() => onNewConnection(kinds, onChange)}>
          {t('connection.new')}
        </Button>
      )}
    </div>
  )
}

export function ConnectionField({ shape, label, value, onChange }: WidgetProps<'connection'>) {
  const { kinds } = shape.schema
  return (
    <ConnectionSelect
      label={label}
      kinds={Array.isArray(kinds) ? kinds.filter((kind): kind is string => typeof kind === 'string') : []}
      required={shape.required}
      value={typeof value === 'string' && value !== '' ? value : undefined}
      onChange={onChange}
    />
  )
}

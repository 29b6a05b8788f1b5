import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { Field } from '#client/ui/Field.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Select } from '#client/ui/Select.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Parameter } from '#nodes/graph/library/parameter.ts'
import { uniqueKey } from '#nodes/graph/unique-key.ts'
import type { Suggestion } from './row.ts'
import type { useNames } from './use-names.ts'

type Fillable = Suggestion['fillable'][number]

interface PublishParametersProps {
  parameters: readonly Parameter[]
  fillable: readonly Fillable[]
  names: ReturnType<typeof useNames>
  onChange: (parameters: Parameter[]) => void
}

/** What installers are asked for: each connection, and the fields that the publisher picks. */
export function PublishParameters({ parameters, fillable, names, onChange }: PublishParametersProps) {
  const t = useT('library')
  const replace = (index: number, parameter: Parameter) =>
    onChange(parameters.map((one, place) => (place === index ? parameter : one)))
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">{t('publish.parametersLead')}</p>
      {parameters.map((parameter, index) => (
        <Row
          key={parameter.key}
          parameter={parameter}
          value={fillable.find((one) => isTarget(parameter, one))?.value}
          where={parameter.targets
            .map(({ node, path }) =>
              [
                names.nodeOf(node),
                ...(path[0] === 'params' ? [names.fieldOf(node, path.join('.'))] : []),
              ].join(' › '),
            )
            .join(', ')}
          onChange={(changed) => replace(index, changed)}
          onRemove={
            parameter.kind === 'connection'
              ? undefined
              : () => onChange(parameters.filter((_, place) => place !== index))
          }
        />
      ))}
      {parameters.length === 0 && <p className="text-faint text-sm">{t('publish.noParameters')}</p>}
      <AddField
        fillable={fillable.filter((one) => !parameters.some((parameter) => isTarget(parameter, one)))}
        names={names}
        onAdd={(one) => onChange([...parameters, parameterFor(one, parameters)])}
      />
    </div>
  )
}

const isTarget = (parameter: Parameter, { node, path }: Pick<Fillable, 'node' | 'path'>) =>
  parameter.targets.some((target) => target.node === node && target.path.join('\n') === path.join('\n'))

/** A question about a field, which offers what stands there now. */
function parameterFor(field: Fillable, others: readonly Parameter[]): Parameter {
  const { node, path, value, title, options, multiline } = field
  const common = {
    key: uniqueKey(
      title || 'field',
      others.map(({ key }) => key),
    ),
    label: title || path.at(-1) || 'Field',
    help: '',
    targets: [{ node, path }],
  }
  if (typeof value === 'number') return { ...common, kind: 'number', default: value }
  if (options.length > 0)
    return {
      ...common,
      kind: 'choice',
      options: options.map((one) => ({ value: one, label: one })),
      default: value,
    }
  return { ...common, kind: 'text', default: value, ...(multiline ? { multiline } : {}) }
}

interface RowProps {
  parameter: Parameter
  value: string | number | undefined
  where: string
  onChange: (parameter: Parameter) => void
  onRemove: (() => void) | undefined
}

function Row({ parameter, value, where, onChange, onRemove }: RowProps) {
  const t = useT('library')
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line p-3">
      <div className="flex items-center gap-2">
        <Tag tone={parameter.kind === 'connection' ? 'accent' : 'neutral'}>
          {t(`publish.${parameter.kind}`)}
        </Tag>
        <span className="min-w-0 truncate text-faint text-sm">{where}</span>
        {onRemove && (
          <IconButton
            size="sm"
            label={t('publish.remove', { label: parameter.label })}
            className="ml-auto"
            onClick={onRemove}
          >
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 phone:grid-cols-1">
        <Field label={t('publish.label')} required>
          <TextInput
            maxLength={120}
            value={parameter.label}
            onChange={(event) => onChange({ ...parameter, label: event.target.value })}
          />
        </Field>
        <Field label={t('publish.help')}>
          <TextInput
            maxLength={500}
            value={parameter.help}
            onChange={(event) => onChange({ ...parameter, help: event.target.value })}
          />
        </Field>
      </div>
      {parameter.kind === 'connection' ? (
        <Checkbox
          label={t('publish.optional')}
          checked={!parameter.required}
          onChange={(optional) => onChange({ ...parameter, required: !optional })}
        />
      ) : (
        value !== undefined && (
          <Checkbox
            label={t('publish.useValue', { value: String(value).slice(0, 60) })}
            checked={parameter.default !== undefined}
            onChange={(offered) => onChange(withDefault(parameter, offered ? value : undefined))}
          />
        )
      )}
    </div>
  )
}

function withDefault(
  parameter: Exclude<Parameter, { kind: 'connection' }>,
  value: string | number | undefined,
): Parameter {
  const { default: _, ...rest } = parameter
  if (value === undefined) return rest
  if (rest.kind === 'number') return { ...rest, default: Number(value) }
  return { ...rest, default: String(value) }
}

function AddField({
  fillable,
  names,
  onAdd,
}: {
  fillable: readonly Fillable[]
  names: PublishParametersProps['names']
  onAdd: (field: Fillable) => void
}) {
  const t = useT('library')
  const [picked, setPicked] = useState('')
  const options = fillable.map((one, index) => ({
    value: String(index),
    label: `${names.nodeOf(one.node)} › ${names.fieldOf(one.node, one.path.join('.'))}`,
  }))
  if (options.length === 0) return null
  const chosen = picked === '' ? undefined : fillable[Number(picked)]
  return (
    <div className="flex items-center gap-2">
      <Select
        aria-label={t('publish.addField')}
        value={picked}
        options={[{ value: '', label: t('publish.chooseField') }, ...options]}
        onChange={setPicked}
        className="grow"
      />
      <Button
        icon={<Plus aria-hidden />}
        disabled={!chosen}
        onClick={() => {
          if (chosen) onAdd(chosen)
          setPicked('')
        }}
      >
        {t('publish.addField')}
      </Button>
    </div>
  )
}

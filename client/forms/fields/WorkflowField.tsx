import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

/** Another workflow of the tenant, by its name. */
export function WorkflowField({ shape, label, value, onChange }: WidgetProps<'workflow'>) {
  const t = useT('forms')
  const { workflows: known, readOnly } = useForm()
  const workflows = known ?? (typeof value === 'string' && value !== '' ? [{ id: value, name: '…' }] : [])
  const chosen = typeof value === 'string' ? value : ''
  const isGone = known !== undefined && chosen !== '' && !workflows.some(({ id }) => id === chosen)
  const options = [
    { value: '', label: t(shape.required ? 'workflow.choose' : 'workflow.none') },
    ...workflows.map(({ id, name }) => ({ value: id, label: name })),
    ...(isGone ? [{ value: chosen, label: t('workflow.gone') }] : []),
  ]
  return (
    <Select
      aria-label={label}
      value={chosen}
      options={options}
      onChange={(id) => onChange(id === '' ? undefined : id)}
      disabled={readOnly}
      className="grow"
    />
  )
}

import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import type { Reliability } from '#nodes/kit/reliability.ts'

type OnFailure = NonNullable<Reliability['onFailure']>

const choices = ['', 'fail', 'attention'] as const

/** What becomes of a step that is out of retries; as the workflow says unless the step says so itself. */
export function OnFailureField(props: {
  value: OnFailure | undefined
  readOnly: boolean
  onChange: (value: OnFailure | undefined) => void
}) {
  const t = useT('forms')
  const { value, readOnly, onChange } = props
  return (
    <Field label={t('onFailure.label')} help={t(`onFailure.help.${value ?? 'inherit'}`)}>
      <Select
        value={value ?? ''}
        disabled={readOnly}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        options={choices.map((one) => ({ value: one, label: t(`onFailure.${one || 'inherit'}`) }))}
      />
    </Field>
  )
}

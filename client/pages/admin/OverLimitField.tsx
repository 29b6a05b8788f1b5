import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { type OverLimit, overLimits } from './row.ts'

interface OverLimitFieldProps {
  /** Null: as the installation has it. */
  value: OverLimit | null
  /** The installation's own, where the tenant may follow it; absent: it is the installation's that is set. */
  byDefault?: OverLimit | null
  onChange: (value: OverLimit | null) => void
}

/** What becomes of runs over the rate or the day's number. */
export function OverLimitField({ value, byDefault, onChange }: OverLimitFieldProps) {
  const t = useT('monitoring')
  const word = (one: OverLimit) => t(`admin.limits.over.${one}`)
  return (
    <Field label={t('admin.limits.overLimit')} help={t('admin.limits.overLimitHelp')}>
      <Select
        value={value ?? ''}
        onChange={(one) => onChange(one === '' ? null : one)}
        options={[
          ...(byDefault === undefined
            ? []
            : [
                {
                  value: '' as const,
                  label: t('admin.limits.over.default', { value: byDefault ? word(byDefault) : '' }),
                },
              ]),
          ...overLimits.map((one) => ({ value: one, label: word(one) })),
        ]}
      />
    </Field>
  )
}

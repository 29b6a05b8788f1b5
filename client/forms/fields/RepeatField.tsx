import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Switch } from '#client/ui/Switch.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import { useFieldComponent } from '../field-renderer.ts'
import type { FieldShape } from '../field-shape.ts'
import { useForm } from '../form-setting.ts'
import { isAt } from '../paths.ts'
import { exprOf } from '../values.ts'

const MOST_AT_ONCE = 100

export interface RepeatFieldProps {
  value: DocumentNode['repeat']
  onChange: (repeat: DocumentNode['repeat']) => void
}

/** Runs the step once for each element of a list. */
export function RepeatField({ value, onChange }: RepeatFieldProps) {
  const t = useT('forms')
  const form = useForm()
  const FormField = useFieldComponent()
  const shape: FieldShape = {
    kind: 'list',
    required: true,
    static: false,
    element: { kind: 'value', required: true, static: false, schema: {} },
    schema: { type: 'array' },
    help: t('repeat.listHelp'),
  }
  const error = form.problems.find((problem) => isAt(problem.field ?? '', 'repeat.concurrency'))
  return (
    <div className="flex min-w-0 flex-col gap-3 border-line border-t pt-4">
      <Switch
        label={t('repeat.switch')}
        checked={value !== undefined}
        disabled={form.readOnly}
        onChange={(on) => onChange(on ? { list: { expr: '' }, concurrency: 1 } : undefined)}
      />
      {value && (
        <div className="flex min-w-0 flex-col gap-4 border-line border-l-2 pl-3">
          <FormField
            shape={shape}
            label={t('repeat.list')}
            path="repeat.list"
            value={value.list}
            onChange={(list) =>
              onChange({ ...value, list: { expr: exprOf(list) ?? JSON.stringify(list ?? []) } })
            }
          />
          <Field
            label={t('repeat.atOnce')}
            help={t('repeat.atOnceHelp')}
            error={error && form.problemText(error)}
          >
            <div className="w-28">
              <TextInput
                type="number"
                min={1}
                max={MOST_AT_ONCE}
                value={value.concurrency}
                readOnly={form.readOnly}
                onChange={(event) => {
                  const concurrency = Math.trunc(Number(event.target.value))
                  onChange({ ...value, concurrency: Math.min(MOST_AT_ONCE, Math.max(1, concurrency)) })
                }}
                className="tabular-nums"
              />
            </div>
          </Field>
        </div>
      )}
    </div>
  )
}

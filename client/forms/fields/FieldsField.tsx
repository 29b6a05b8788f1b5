import { useT } from '#client/lib/use-t.ts'
import type { Json } from '#nodes/kit/index.ts'
import { useFieldComponent } from '../field-renderer.ts'
import { useForm } from '../form-setting.ts'
import { inside, isAt } from '../paths.ts'
import { blankOf, isObject, withKey } from '../values.ts'
import { AddRow } from './AddRow.tsx'
import { NameCell } from './NameCell.tsx'
import { RowFrame } from './RowFrame.tsx'
import { useRows } from './use-rows.ts'
import type { WidgetProps } from './widget.ts'

/** Rows of a name and a value, kept in order. */
export function FieldsField({ shape, label, path, value, onChange }: WidgetProps<'fields'>) {
  const t = useT('forms')
  const form = useForm()
  const Field = useFieldComponent()
  const list = value ?? shape.default
  const { rows, add, remove, change, move } = useRows<Json>(Array.isArray(list) ? list : [], onChange)
  const problemAt = (field: string) =>
    form.problems
      .filter((problem) => isAt(problem.field ?? '', field))
      .map(form.problemText)
      .join(' ') || undefined
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.length > 0 && (
        <ol className="flex min-w-0 flex-col gap-2">
          {rows.map(({ id, value: held }, at) => {
            const row = t('record.row', { list: label, row: at + 1 })
            const field = isObject(held) ? held : {}
            const name = typeof field.name === 'string' ? field.name : ''
            return (
              <RowFrame key={id} label={row} group={path} at={at} onMove={move} onRemove={() => remove(at)}>
                <div className="flex min-w-0 items-start gap-2">
                  <NameCell
                    label={t('record.nameOf', { row })}
                    value={name}
                    placeholder={shape.rowName.placeholder ?? t('record.name')}
                    error={problemAt(inside(inside(path, at), 'name'))}
                    onChange={(next) => change(at, withKey(field, 'name', next))}
                  />
                  <div className="min-w-0 grow">
                    <Field
                      compact
                      shape={shape.rowValue}
                      label={t('record.valueOf', { row: name || row })}
                      path={inside(inside(path, at), 'value')}
                      value={field.value}
                      onChange={(next) =>
                        change(at, withKey(field, 'value', next ?? blankOf(shape.rowValue)))
                      }
                    />
                  </div>
                </div>
              </RowFrame>
            )
          })}
        </ol>
      )}
      <AddRow to={label} onAdd={() => add({ name: '', value: blankOf(shape.rowValue) })} />
    </div>
  )
}

import { useT } from '#client/lib/use-t.ts'
import type { Json } from '#nodes/kit/index.ts'
import { useFieldComponent } from '../field-renderer.ts'
import { inside } from '../paths.ts'
import { sentenceCase } from '../sentence-case.ts'
import { blankOf, isObject, withKey } from '../values.ts'
import { AddRow } from './AddRow.tsx'
import { RowFrame } from './RowFrame.tsx'
import { useRows } from './use-rows.ts'
import type { WidgetProps } from './widget.ts'

/** Comparisons that look at one side only. */
const oneSided = new Set(['is_empty', 'is_not_empty', 'is_true', 'is_false', 'exists', 'not_exists'])

/** Rules, each a sentence: what to look at, how to compare it, with what. */
export function ConditionsField({ shape, label, path, value, onChange }: WidgetProps<'conditions'>) {
  const t = useT('forms')
  const Field = useFieldComponent()
  const given = value ?? shape.default ?? blankOf(shape)
  const held = isObject(given) ? given : {}
  const list = Array.isArray(held.rules) ? held.rules : []
  const { rows, add, remove, change, move } = useRows<Json>(list, (rules) => onChange({ ...held, rules }))
  const blankRule = () => {
    const blank = blankOf(shape)
    const [rule] = isObject(blank) && Array.isArray(blank.rules) ? blank.rules : []
    return rule ?? {}
  }
  const [left, operator, right] = shape.fields
  const rulesAt = inside(path, 'rules')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.length > 1 && (
        <Field
          compact
          shape={shape.match}
          label={shape.match.title ?? label}
          path={inside(path, 'match')}
          value={held.match}
          onChange={(match) => onChange(withKey(held, 'match', match))}
        />
      )}
      <ol className="flex min-w-0 flex-col gap-2">
        {rows.map(({ id, value: rule }, at) => {
          const name = t('conditions.rule', { rule: at + 1 })
          const fields = isObject(rule) ? rule : {}
          const compares = String(fields.op ?? operator?.default ?? '')
          const cell = (field: (typeof shape.fields)[number] | undefined) =>
            field && (
              <Field
                compact
                shape={field}
                label={`${name}: ${field.title ?? sentenceCase(field.name)}`}
                path={inside(inside(rulesAt, at), field.name)}
                value={fields[field.name]}
                onChange={(next) => change(at, withKey(fields, field.name, next))}
              />
            )
          return (
            <RowFrame
              key={id}
              label={name}
              group={path}
              at={at}
              boxed
              onMove={rows.length > 1 ? move : undefined}
              onRemove={rows.length > 1 ? () => remove(at) : undefined}
            >
              <div className="flex min-w-0 flex-col gap-2">
                {cell(left)}
                <div className="flex min-w-0 items-start gap-2">
                  <div className="min-w-0 max-w-3/5 shrink-0">{cell(operator)}</div>
                  {!oneSided.has(compares) && <div className="min-w-0 grow basis-0">{cell(right)}</div>}
                </div>
              </div>
            </RowFrame>
          )
        })}
      </ol>
      <AddRow to={label} onAdd={() => add(blankRule())} />
    </div>
  )
}

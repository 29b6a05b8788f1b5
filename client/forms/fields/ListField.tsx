import type { Json } from '#nodes/kit/index.ts'
import { useFieldComponent } from '../field-renderer.ts'
import type { ShapeOf } from '../field-shape.ts'
import { inside } from '../paths.ts'
import { blankOf } from '../values.ts'
import { AddRow } from './AddRow.tsx'
import { ObjectField } from './ObjectField.tsx'
import { RowFrame } from './RowFrame.tsx'
import { useRows } from './use-rows.ts'
import type { WidgetProps } from './widget.ts'

/** Said once, in the first row. */
const withoutHelp = (element: ShapeOf<'object'>) => ({
  ...element,
  fields: element.fields.map((field) => ({ ...field, help: undefined })),
})

/** Elements one below the other: objects in boxes with their fields, anything else on one line. */
export function ListField({ shape, label, path, value, onChange }: WidgetProps<'list'>) {
  const Field = useFieldComponent()
  const list = value ?? shape.default
  const rows = useRows<Json>(Array.isArray(list) ? list : [], onChange)
  const { element } = shape
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.rows.length > 0 && (
        <ol className="flex min-w-0 flex-col gap-2">
          {rows.rows.map((row, at) => {
            const name = `${element.title ?? label} ${at + 1}`
            const shared = {
              label: name,
              path: inside(path, at),
              value: row.value,
              onChange: (next: Json | undefined) => rows.change(at, next ?? blankOf(element)),
            }
            return (
              <RowFrame
                key={row.id}
                label={name}
                group={path}
                at={at}
                onMove={rows.move}
                onRemove={rows.rows.length > (shape.min ?? 0) ? () => rows.remove(at) : undefined}
                boxed={element.kind === 'object'}
              >
                {element.kind === 'object' ? (
                  <ObjectField shape={at === 0 ? element : withoutHelp(element)} {...shared} />
                ) : (
                  <Field shape={element} compact {...shared} />
                )}
              </RowFrame>
            )
          })}
        </ol>
      )}
      <AddRow
        to={label}
        onAdd={() => rows.add(blankOf(element))}
        full={rows.rows.length >= (shape.max ?? Number.POSITIVE_INFINITY)}
      />
    </div>
  )
}

import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import type { Json } from '#nodes/kit/index.ts'
import { useFieldComponent } from '../field-renderer.ts'
import { inside } from '../paths.ts'
import { blankOf, isObject, type JsonObject } from '../values.ts'
import { AddRow } from './AddRow.tsx'
import { NameCell } from './NameCell.tsx'
import { RowFrame } from './RowFrame.tsx'
import { useRows } from './use-rows.ts'
import type { WidgetProps } from './widget.ts'

type Entry = [name: string, value: Json]

const stored = (entries: readonly Entry[]): JsonObject =>
  Object.fromEntries(entries.filter(([name]) => name !== ''))
const same = (a: JsonObject, b: JsonObject) => JSON.stringify(a) === JSON.stringify(b)

/** Names and values. A row without a name is kept here, and stored once it has one. */
export function RecordField({ shape, label, path, value, onChange }: WidgetProps<'record'>) {
  const t = useT('forms')
  const Field = useFieldComponent()
  const given = value ?? shape.default
  const object = isObject(given) ? given : {}
  const [entries, setEntries] = useState<Entry[]>(() => Object.entries(object))
  const shown = same(stored(entries), object) ? entries : Object.entries(object)
  const { rows, add, remove, change } = useRows<Entry>(shown, (next) => {
    setEntries(next)
    if (!same(stored(next), object)) onChange(stored(next))
  })
  const twice = (name: string) => name !== '' && shown.filter(([other]) => other === name).length > 1
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.length > 0 && (
        <ul className="flex min-w-0 flex-col gap-2">
          {rows.map(({ id, value: [name, held] }, at) => {
            const row = t('record.row', { list: label, row: at + 1 })
            return (
              <RowFrame key={id} label={row} group={path} at={at} onRemove={() => remove(at)}>
                <div className="flex min-w-0 items-start gap-2">
                  <NameCell
                    label={t('record.nameOf', { row })}
                    value={name}
                    placeholder={t('record.name')}
                    error={twice(name) ? t('record.twice') : undefined}
                    onChange={(next) => change(at, [next, held])}
                  />
                  <div className="min-w-0 grow">
                    <Field
                      compact
                      shape={shape.value}
                      label={t('record.valueOf', { row: name || row })}
                      path={inside(path, name)}
                      value={held}
                      onChange={(next) => change(at, [name, next ?? blankOf(shape.value)])}
                    />
                  </div>
                </div>
              </RowFrame>
            )
          })}
        </ul>
      )}
      <AddRow to={label} onAdd={() => add(['', blankOf(shape.value)])} />
    </div>
  )
}

import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import { readRows, rowTypes, type SchemaRow, writeRows } from '../schema-rows.ts'
import { AddRow } from './AddRow.tsx'
import { JsonField } from './JsonField.tsx'
import { RowFrame } from './RowFrame.tsx'
import { useRows } from './use-rows.ts'
import type { WidgetProps } from './widget.ts'

const blank: SchemaRow = { name: '', type: 'string', description: '', required: true, rest: {} }
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** The fields of an object as rows; whoever needs more writes the JSON Schema itself. */
export function SchemaField(props: WidgetProps<'schema'>) {
  const { shape, value } = props
  const t = useT('forms')
  const held = value ?? shape.default
  const rows = readRows(held)
  const [raw, setRaw] = useState(false)
  const asJson = raw || rows === null
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {asJson ? (
        <JsonField {...props} shape={{ ...shape, kind: 'json' }} />
      ) : (
        <SchemaRows {...props} rows={rows} />
      )}
      {rows === null && value !== undefined ? (
        <p className="text-faint text-sm">{t('schema.onlyJson')}</p>
      ) : (
        <Button size="sm" variant="quiet" className="-ml-1.5 self-start" onClick={() => setRaw(!raw)}>
          {t(asJson ? 'schema.asRows' : 'schema.asJson')}
        </Button>
      )}
    </div>
  )
}

function SchemaRows(props: WidgetProps<'schema'> & { rows: SchemaRow[] }) {
  const { label, path, value, onChange, rows: stored } = props
  const t = useT('forms')
  const { readOnly } = useForm()
  // A row without a name is kept here, and stored once it has one.
  const [written, setWritten] = useState(stored)
  const shown = same(readRows(writeRows(written, value)), stored) ? written : stored
  const { rows, add, remove, change, move } = useRows<SchemaRow>(shown, (next) => {
    setWritten(next)
    const schema = writeRows(next, value)
    if (!same(schema, value)) onChange(schema)
  })
  const taken = (name: string) => name !== '' && shown.filter((row) => row.name === name).length > 1
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {rows.length > 0 && (
        <ol className="flex min-w-0 flex-col gap-2">
          {rows.map(({ id, value: row }, at) => {
            const name = row.name || t('record.row', { list: label, row: at + 1 })
            return (
              <RowFrame
                key={id}
                label={name}
                group={path}
                at={at}
                onMove={move}
                onRemove={() => remove(at)}
                boxed
              >
                <div className="flex min-w-0 gap-2">
                  <TextInput
                    mono
                    aria-label={t('record.nameOf', { row: name })}
                    aria-invalid={taken(row.name) || undefined}
                    placeholder={t('record.name')}
                    spellCheck={false}
                    className="w-1/2! min-w-0"
                    value={row.name}
                    readOnly={readOnly}
                    onChange={(event) => change(at, { ...row, name: event.target.value })}
                  />
                  <Select
                    aria-label={t('schema.typeOf', { row: name })}
                    className="grow"
                    value={row.type}
                    disabled={readOnly}
                    options={rowTypes.map((type) => ({ value: type, label: t(`schema.types.${type}`) }))}
                    onChange={(type) => change(at, { ...row, type, rest: {} })}
                  />
                </div>
                <TextInput
                  aria-label={t('schema.descriptionOf', { row: name })}
                  placeholder={t('schema.description')}
                  value={row.description}
                  readOnly={readOnly}
                  onChange={(event) => change(at, { ...row, description: event.target.value })}
                />
                <Checkbox
                  label={t('schema.required')}
                  checked={row.required}
                  disabled={readOnly}
                  onChange={(required) => change(at, { ...row, required })}
                />
                {taken(row.name) && <p className="text-bad text-sm">{t('record.twice')}</p>}
              </RowFrame>
            )
          })}
        </ol>
      )}
      <AddRow to={label} onAdd={() => add(blank)} />
    </div>
  )
}

import { json } from '@codemirror/lang-json'
import { placeholder as placeholderOf } from '@codemirror/view'
import { useMemo, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { useFieldProps } from '#client/ui/Field.tsx'
import { boxClass } from '../editor/box-class.ts'
import { dropsPicked } from '../editor/drop.ts'
import { asControl, codeBasics } from '../editor/editor-setup.ts'
import { useEditor } from '../editor/use-editor.ts'
import { useForm } from '../form-setting.ts'
import { intoSource } from '../insert.ts'
import { usePlace } from '../use-place.ts'
import { readJsonText, writeJsonText } from './json-text.ts'
import type { WidgetProps } from './widget.ts'

const fixed = [codeBasics, json(), dropsPicked]

/** JSON as text. What is not JSON yet stays written, and is stored once it is. */
export function JsonField({ shape, label, value, onChange, placeRef }: WidgetProps<'json'>) {
  const t = useT('forms')
  const { readOnly } = useForm()
  const field = useFieldProps()
  const held = value ?? (value === undefined ? shape.default : value)
  const stored = writeJsonText(held)
  const [written, setWritten] = useState(stored)
  const read = readJsonText(written, held)
  const [base, setBase] = useState(stored)
  // Undo, or another member's change: what is stored wins over what is written here.
  if (stored !== base) {
    setBase(stored)
    if (read.kind === 'problem' || JSON.stringify(read.value) !== JSON.stringify(held)) setWritten(stored)
  }
  const change = (text: string) => {
    setWritten(text)
    const next = readJsonText(text, held)
    if (next.kind === 'problem') return
    setBase(writeJsonText(next.value))
    onChange(next.value)
  }
  const invalid = read.kind === 'problem' || field['aria-invalid'] === true
  const { id, 'aria-describedby': describedBy } = field
  const changing = useMemo(
    () => [
      asControl({ id, label, describedBy, invalid, readOnly, multiline: true }),
      shape.placeholder ? placeholderOf(shape.placeholder) : [],
    ],
    [id, label, describedBy, invalid, readOnly, shape.placeholder],
  )
  const { host, view } = useEditor({ doc: written, onChange: change, extensions: fixed, changing })
  // JSON with an expression in it is an expression: the field turns to its computed side.
  usePlace(
    placeRef,
    view
      ? (expr) => {
          const { from, to } = view.state.selection.main
          const text = view.state.doc.toString()
          onChange({
            expr: text.trim() === '' || text === 'null' ? expr : intoSource(text, { from, to }, expr).source,
          })
        }
      : null,
  )
  return (
    <div className="flex min-w-0 grow flex-col gap-1">
      <div ref={host} className={boxClass({ invalid, readOnly, className: '[&_.cm-content]:min-h-16!' })} />
      {read.kind === 'problem' && (
        <p role="status" className="text-bad text-sm">
          {t('json.problem', { line: read.line })}
        </p>
      )}
    </div>
  )
}

import { javascript } from '@codemirror/lang-javascript'
import { lineNumbers, placeholder as placeholderOf } from '@codemirror/view'
import { useMemo } from 'react'
import { useFieldProps } from '#client/ui/Field.tsx'
import { boxClass } from '../editor/box-class.ts'
import { asControl, codeBasics } from '../editor/editor-setup.ts'
import { useEditor } from '../editor/use-editor.ts'
import { useForm } from '../form-setting.ts'
import type { WidgetProps } from './widget.ts'

const fixed = [codeBasics, javascript(), lineNumbers()]

/** Code of a code node. */
export function CodeField({ shape, label, value, onChange }: WidgetProps<'code'>) {
  const { readOnly } = useForm()
  const { id, 'aria-describedby': describedBy, 'aria-invalid': invalid } = useFieldProps()
  const changing = useMemo(
    () => [
      asControl({ id, label, describedBy, invalid, readOnly, multiline: true }),
      shape.placeholder ? placeholderOf(shape.placeholder) : [],
    ],
    [id, label, describedBy, invalid, readOnly, shape.placeholder],
  )
  const { host } = useEditor({
    doc: String(value ?? shape.default ?? ''),
    onChange,
    extensions: fixed,
    changing,
  })
  return (
    <div
      ref={host}
      className={boxClass({
        invalid,
        readOnly,
        className: 'overflow-hidden [&_.cm-content]:min-h-40! [&_.cm-editor]:max-h-120',
      })}
    />
  )
}

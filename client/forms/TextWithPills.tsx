import { keymap, placeholder as placeholderOf } from '@codemirror/view'
import { type RefObject, useMemo } from 'react'
import { useFieldProps } from '#client/ui/Field.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { boxClass } from './editor/box-class.ts'
import { dropsPicked } from './editor/drop.ts'
import { asControl, basics, oneLine } from './editor/editor-setup.ts'
import { proseTheme } from './editor/editor-theme.ts'
import { pillLook, pillWords } from './editor/pill-widgets.ts'
import { insertParts, partsIn, pills, readParts, showParts } from './editor/pills.ts'
import { type Codec, useEditor } from './editor/use-editor.ts'
import type { FieldShape } from './field-shape.ts'
import { useForm } from './form-setting.ts'
import { partsOfValue, valueOfParts } from './modes.ts'
import { pillFor } from './pill-for.ts'
import { type Place, usePlace } from './use-place.ts'

export interface TextWithPillsProps {
  /** A text, or the template literal of a text with picked data. */
  value: Json | undefined
  onChange: (value: Json) => void
  shape: FieldShape
  label: string
  multiline?: boolean
  placeholder?: string
  placeRef?: RefObject<Place | null>
}

const codec: Codec = {
  read: (state) => JSON.stringify(partsIn(state)),
  show: (doc, length) => showParts(readParts(doc) ?? [], length),
}

/** A text in which picked data stands as pills that show their current value. */
export function TextWithPills(props: TextWithPillsProps) {
  const { value, onChange, shape, label, multiline = false, placeholder = '', placeRef } = props
  const form = useForm()
  const field = useFieldProps()
  const invalid = field['aria-invalid'] === true
  const required = field['aria-required'] === true
  const { id, 'aria-describedby': describedBy } = field

  const extensions = useMemo(
    () => [
      multiline ? [] : [oneLine, keymap.of([{ key: 'Enter', run: () => true }])],
      proseTheme,
      basics,
      pills,
      pillLook,
      dropsPicked,
    ],
    [multiline],
  )
  const changing = useMemo(
    () => [
      asControl({ id, label, describedBy, invalid, required, readOnly: form.readOnly, multiline }),
      placeholder ? placeholderOf(placeholder) : [],
      pillWords.of((expr) => pillFor(expr, form.scope)),
    ],
    [id, label, describedBy, invalid, required, form.readOnly, form.scope, placeholder, multiline],
  )
  const { host, view } = useEditor({
    doc: JSON.stringify(partsOfValue(value, shape) ?? []),
    onChange: (doc) => onChange(valueOfParts(readParts(doc) ?? [], shape)),
    extensions,
    changing,
    codec,
  })
  usePlace(
    placeRef,
    view
      ? (expr) => {
          insertParts(view, [{ expr }])
          view.focus()
        }
      : null,
  )
  return (
    <div
      ref={host}
      className={boxClass({
        invalid,
        readOnly: form.readOnly,
        className: multiline ? '[&_.cm-content]:min-h-16!' : 'min-h-8',
      })}
    />
  )
}

import { placeholder as placeholderOf } from '@codemirror/view'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { useFieldProps } from '#client/ui/Field.tsx'
import { compatible, possibleTypes } from '#nodes/graph/compatible.ts'
import { inferType } from '#nodes/graph/expression/types.ts'
import type { JsonSchema } from '#nodes/kit/index.ts'
import { ExpressionPreview } from './ExpressionPreview.tsx'
import { boxClass } from './editor/box-class.ts'
import { dropsPicked } from './editor/drop.ts'
import { asControl, codeBasics } from './editor/editor-setup.ts'
import { expressionLanguage, scopeChanged } from './editor/expression-language.ts'
import { useEditor } from './editor/use-editor.ts'
import { useForm } from './form-setting.ts'
import { intoSource } from './insert.ts'
import { wordFor } from './schema-type.ts'
import { type Place, usePlace } from './use-place.ts'

export interface ExpressionInputProps {
  /** The source. */
  value: string
  onChange: (source: string) => void
  label: string
  /** What the field takes, for a warning when the expression gives something else. */
  expected?: JsonSchema
  /** Starts with room for several lines; any expression may have them. */
  multiline?: boolean
  placeholder?: string
  placeRef?: RefObject<Place | null>
}

/** An expression with highlighting, completion, marks where it is wrong, and what it gives with real data. */
export function ExpressionInput(props: ExpressionInputProps) {
  const { value, onChange, label, expected, multiline = false, placeholder, placeRef } = props
  const t = useT('forms')
  const form = useForm()
  const field = useFieldProps()
  const invalid = field['aria-invalid'] === true
  const required = field['aria-required'] === true
  const { id, 'aria-describedby': describedBy } = field
  const { scope, readOnly } = form
  const hint = placeholder ?? t('expression.placeholder')
  const unfit = (source: string) => {
    const { schema } = inferType(source, scope.types)
    if (!expected || compatible(schema, expected)) return null
    const said = (one: JsonSchema) =>
      possibleTypes(one)
        .map((type) => t(`types.${wordFor(type)}`))
        .join(' / ')
    return t('expression.shouldBe', { given: said(schema), taken: said(expected) })
  }
  const latest = useRef({ scope, unfit })
  useEffect(() => {
    latest.current = { scope, unfit }
  })
  const [extensions] = useState(() => [
    codeBasics,
    dropsPicked,
    expressionLanguage({
      scope: () => latest.current.scope,
      problem: (source) => latest.current.unfit(source),
    }),
  ])
  const changing = useMemo(
    () => [
      asControl({ id, label, describedBy, invalid, required, readOnly, multiline: true }),
      placeholderOf(hint),
    ],
    [id, label, describedBy, invalid, required, readOnly, hint],
  )
  const { host, view } = useEditor({ doc: value, onChange, extensions, changing })
  useEffect(() => {
    if (scope) view?.dispatch({ effects: scopeChanged.of(null) })
  }, [view, scope])
  usePlace(
    placeRef,
    view
      ? (expr) => {
          const { from, to } = view.state.selection.main
          const next = intoSource(view.state.doc.toString(), { from, to }, expr)
          const changes = { from: 0, to: view.state.doc.length, insert: next.source }
          view.dispatch({ changes, selection: { anchor: next.cursor }, userEvent: 'input.pick' })
          view.focus()
        }
      : null,
  )
  return (
    <div className="flex min-w-0 grow flex-col gap-1">
      <div
        ref={host}
        className={boxClass({
          invalid,
          readOnly,
          className: multiline ? '[&_.cm-content]:min-h-20!' : 'min-h-8',
        })}
      />
      <ExpressionPreview source={value} scope={scope} />
    </div>
  )
}

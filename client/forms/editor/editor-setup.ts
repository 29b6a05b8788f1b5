import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { EditorState, type Extension } from '@codemirror/state'
import { drawSelection, dropCursor, EditorView, keymap } from '@codemirror/view'
import { editorHighlight, editorTheme } from './editor-theme.ts'

/** What any editor has, but for its past, which `useEditor` keeps. Tab is left alone: it leaves the field, as in any form. */
export const basics: Extension = [
  editorTheme,
  editorHighlight,
  drawSelection(),
  dropCursor(),
  EditorView.lineWrapping,
  keymap.of([...defaultKeymap, ...historyKeymap]),
]

export const codeBasics: Extension = [
  basics,
  bracketMatching(),
  closeBrackets(),
  keymap.of(closeBracketsKeymap),
]

/** One line: Enter does nothing, and pasted line breaks become spaces. */
export const oneLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction
  if (transaction.startState.doc.lines > 1) return transaction
  const changes: { from: number; to: number; insert: string }[] = []
  transaction.changes.iterChanges((from, to, _newFrom, _newTo, inserted) => {
    changes.push({
      from,
      to,
      insert: inserted
        .toString()
        .replace(/\s*\n\s*/g, ' ')
        .trim(),
    })
  })
  return [
    { changes, effects: transaction.effects, annotations: [], userEvent: 'input', scrollIntoView: true },
  ]
})

export interface EditorWords {
  id?: string
  label: string
  describedBy?: string
  invalid?: boolean
  required?: boolean
  readOnly?: boolean
  multiline?: boolean
}

/** Makes an editor one of the form's controls for those who do not see it. */
export function asControl(words: EditorWords): Extension {
  const attributes: Record<string, string> = { 'aria-label': words.label }
  if (words.id) attributes.id = words.id
  if (words.describedBy) attributes['aria-describedby'] = words.describedBy
  if (words.invalid) attributes['aria-invalid'] = 'true'
  if (words.required) attributes['aria-required'] = 'true'
  if (words.readOnly) attributes['aria-readonly'] = 'true'
  attributes['aria-multiline'] = String(words.multiline === true)
  return [
    EditorView.contentAttributes.of(attributes),
    EditorState.readOnly.of(words.readOnly === true),
    EditorView.editable.of(words.readOnly !== true),
  ]
}

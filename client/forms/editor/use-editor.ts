import { history } from '@codemirror/commands'
import {
  Compartment,
  EditorState,
  type Extension,
  Transaction,
  type TransactionSpec,
} from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState } from 'react'

/** How an editor's state is written down as one string, and shown from it. */
export interface Codec {
  read: (state: EditorState) => string
  show: (doc: string, length: number) => TransactionSpec
}

export const plainText: Codec = {
  read: (state) => state.doc.toString(),
  show: (doc, length) => ({
    changes: { from: 0, to: length, insert: doc },
    annotations: Transaction.addToHistory.of(false),
    filter: false,
  }),
}

export interface EditorOptions {
  /** The text as it should be; an editor that says otherwise is brought in line. */
  doc: string
  onChange: (doc: string) => void
  /** Fixed for the editor's life. */
  extensions: Extension
  /** May change: read-only, attributes, the scope of completion. */
  changing: Extension
  codec?: Codec
}

/** A CodeMirror in a div: give `host` to the div's `ref`. */
export function useEditor(options: EditorOptions) {
  const { codec = plainText, doc, changing } = options
  const [host, setHost] = useState<HTMLElement | null>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const [compartment] = useState(() => new Compartment())
  const [past] = useState(() => new Compartment())
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })

  useEffect(() => {
    if (!host) return
    const { extensions, changing: now, doc: first } = latest.current
    const empty = EditorState.create({
      extensions: [
        extensions,
        compartment.of(now),
        past.of(history()),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return
          const said = codec.read(update.state)
          if (said !== latest.current.doc) latest.current.onChange(said)
        }),
      ],
    })
    const editor = new EditorView({ parent: host, state: empty.update(codec.show(first, 0)).state })
    setView(editor)
    return () => {
      setView(null)
      editor.destroy()
    }
  }, [host, compartment, past, codec])

  useEffect(() => {
    view?.dispatch({ effects: compartment.reconfigure(changing) })
  }, [view, compartment, changing])

  useEffect(() => {
    if (!view || codec.read(view.state) === doc) return
    showFromOutside(view, past, codec.show(doc, view.state.doc.length))
  }, [view, doc, codec, past])

  return { host: setHost, view }
}

/**
 * Shows another text. Its past is forgotten with it: what was typed before has no place in it, and where deleted pills
 * stood, CodeMirror cannot follow through such a change.
 */
function showFromOutside(view: EditorView, past: Compartment, shown: TransactionSpec) {
  view.dispatch(shown, { effects: past.reconfigure([]) })
  view.dispatch({ effects: past.reconfigure(history()) })
}

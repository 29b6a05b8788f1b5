import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState } from 'react'

export interface EditorOptions {
  /** The text as it should be; an editor that says otherwise is brought in line. */
  doc: string
  onChange: (doc: string) => void
  /** Fixed for the editor's life. */
  extensions: () => Extension
  /** May change: read-only, attributes, the scope of completion. */
  changing: Extension
}

/** A CodeMirror in a div: give `host` to the div's `ref`. */
export function useEditor(options: EditorOptions) {
  const [host, setHost] = useState<HTMLElement | null>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const latest = useRef(options)
  latest.current = options
  const [compartment] = useState(() => new Compartment())

  useEffect(() => {
    if (!host) return
    const editor = new EditorView({
      parent: host,
      state: EditorState.create({
        doc: latest.current.doc,
        extensions: [
          latest.current.extensions(),
          compartment.of(latest.current.changing),
          EditorView.updateListener.of((update) => {
            const doc = update.state.doc.toString()
            if (update.docChanged && doc !== latest.current.doc) latest.current.onChange(doc)
          }),
        ],
      }),
    })
    setView(editor)
    return () => {
      setView(null)
      editor.destroy()
    }
  }, [host, compartment])

  useEffect(() => {
    view?.dispatch({ effects: compartment.reconfigure(options.changing) })
  }, [view, compartment, options.changing])

  useEffect(() => {
    if (!view || view.state.doc.toString() === options.doc) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: options.doc } })
  }, [view, options.doc])

  return { host: setHost, view }
}

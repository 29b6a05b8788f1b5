import { type Extension, Facet } from '@codemirror/state'
import { Decoration, EditorView, WidgetType } from '@codemirror/view'
import { pillField } from './pills.ts'

/** What a pill says: where its value comes from, and what it was in the last run. */
export interface PillWords {
  label: string
  value: string | null
  problem: boolean
}

export const pillWords = Facet.define<(expr: string) => PillWords, (expr: string) => PillWords>({
  combine: ([words]) => words ?? ((expr) => ({ label: expr, value: null, problem: false })),
})

class PillWidget extends WidgetType {
  readonly expr: string
  readonly words: PillWords
  constructor(expr: string, words: PillWords) {
    super()
    this.expr = expr
    this.words = words
  }
  override eq(other: PillWidget) {
    return JSON.stringify([other.expr, other.words]) === JSON.stringify([this.expr, this.words])
  }
  override toDOM() {
    const pill = document.createElement('span')
    pill.className = this.words.problem ? 'cm-pill cm-pill-problem' : 'cm-pill'
    pill.title = this.expr
    const label = pill.appendChild(document.createElement('span'))
    label.className = 'cm-pill-label'
    label.textContent = this.words.label
    if (this.words.value !== null) {
      const value = pill.appendChild(document.createElement('span'))
      value.className = 'cm-pill-value'
      value.textContent = this.words.value
    }
    return pill
  }
  override ignoreEvent() {
    return false
  }
}

const widgets = EditorView.decorations.compute([pillField, pillWords], (state) => {
  const words = state.facet(pillWords)
  const ranges: ReturnType<Decoration['range']>[] = []
  state.field(pillField).between(0, state.doc.length, (from, to, pill) => {
    ranges.push(Decoration.replace({ widget: new PillWidget(pill.expr, words(pill.expr)) }).range(from, to))
  })
  return Decoration.set(ranges)
})

const look = EditorView.theme({
  '.cm-pill': {
    display: 'inline-flex',
    alignItems: 'baseline',
    gap: '6px',
    // Room for the margins and the cursor beside it: else a narrow field breaks the line around a pill.
    maxWidth: 'calc(100% - 5px)',
    margin: '0 1px',
    padding: '0 6px',
    borderRadius: '4px',
    backgroundColor: 'var(--accent-soft)',
    boxShadow: 'inset 0 0 0 1px var(--accent-line)',
    color: 'var(--accent)',
    fontFamily: 'var(--font-mono)',
    fontSize: '0.75rem',
    lineHeight: '1.125rem',
    cursor: 'default',
    verticalAlign: 'baseline',
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  '.cm-pill-problem': {
    backgroundColor: 'var(--bad-soft)',
    boxShadow: 'inset 0 0 0 1px var(--bad-line)',
    color: 'var(--bad)',
  },
  // The value gives way first; a label that lost a hair of its width would show dots.
  '.cm-pill-label': { flexShrink: 0.001, minWidth: '3rem', overflow: 'hidden', textOverflow: 'ellipsis' },
  '.cm-pill-value': {
    color: 'var(--muted)',
    flexShrink: 50,
    minWidth: '1.5rem',
    maxWidth: '10rem',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
})

export const pillLook: Extension = [widgets, look]

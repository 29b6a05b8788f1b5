import { invertedEffects } from '@codemirror/commands'
import {
  EditorSelection,
  type EditorState,
  type Extension,
  MapMode,
  RangeSet,
  RangeValue,
  StateEffect,
  StateField,
  Transaction,
} from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { joinTexts, type Part } from '../template.ts'

/** The one character a pill takes in the text. Alone it is just a character: only `pillField` makes it a pill. */
const PLACE = '\ufffc'

class Pill extends RangeValue {
  // What is typed right before or after a pill is not part of it.
  override startSide = 1
  override endSide = -1
  readonly expr: string
  constructor(expr: string) {
    super()
    this.expr = expr
  }
  override eq(other: RangeValue) {
    return other instanceof Pill && other.expr === this.expr
  }
}

interface PillAt {
  at: number
  expr: string
}

const addPill = StateEffect.define<PillAt>({
  // Undo joins steps: a pill that came and went in one of them is not brought back.
  map(pill, changes) {
    const at = changes.mapPos(pill.at, 1, MapMode.TrackAfter)
    return at === null ? undefined : { ...pill, at }
  },
})

export const pillField = StateField.define<RangeSet<Pill>>({
  create: () => RangeSet.empty,
  update(pills, transaction) {
    const doc = transaction.newDoc
    const added = transaction.effects.flatMap((effect) => {
      if (!effect.is(addPill)) return []
      const { at, expr } = effect.value
      return doc.sliceString(at, at + 1) === PLACE ? [new Pill(expr).range(at, at + 1)] : []
    })
    if (!transaction.docChanged && added.length === 0) return pills
    // A character put in a pill's place is not that pill, though mapping would have it so.
    const lost = new Set(replacedPills(transaction).map((pill) => pill.at))
    const kept = pills.update({ filter: (from) => !lost.has(from) })
    return kept.map(transaction.changes).update({
      add: added,
      sort: true,
      filter: (from, to) => to === from + 1 && doc.sliceString(from, to) === PLACE,
    })
  },
})

/** The pills of the state before whose place a transaction takes. */
function replacedPills(transaction: Transaction): PillAt[] {
  const lost: PillAt[] = []
  const before = transaction.startState.field(pillField)
  transaction.changes.iterChangedRanges((from, to) => {
    before.between(from, to, (start, end, pill) => {
      if (start >= from && end <= to) lost.push({ at: start, expr: pill.expr })
    })
  }, true)
  return lost
}

/** Undo brings back the text of a deleted pill; this brings back what it stood for. */
const restore = invertedEffects.of((transaction) => {
  return replacedPills(transaction).map((pill) => addPill.of(pill))
})

const atomic = EditorView.atomicRanges.of((view) => view.state.field(pillField))

export function partsIn(state: EditorState, from = 0, to = state.doc.length): Part[] {
  const parts: Part[] = []
  let at = from
  state.field(pillField).between(from, to, (start, end, pill) => {
    if (start < from || end > to) return
    parts.push(state.sliceDoc(at, start), { expr: pill.expr })
    at = end
  })
  return joinTexts([...parts, state.sliceDoc(at, to)])
}

/** The change that puts parts in place of a range. */
export function replaceWith(parts: readonly Part[], range: { from: number; to: number }) {
  let insert = ''
  const effects: StateEffect<PillAt>[] = []
  for (const part of parts) {
    if (typeof part === 'string') insert += part
    else {
      effects.push(addPill.of({ at: range.from + insert.length, expr: part.expr }))
      insert += PLACE
    }
  }
  return { changes: { ...range, insert }, effects }
}

export function insertParts(view: EditorView, parts: readonly Part[]) {
  const { from, to } = view.state.selection.main
  const change = replaceWith(parts, { from, to })
  view.dispatch({
    ...change,
    selection: EditorSelection.cursor(from + change.changes.insert.length),
    userEvent: 'input.pick',
    scrollIntoView: true,
  })
}

/** Takes the parts from outside: no undo step, and no filter that would change what is stored. */
export const showParts = (parts: readonly Part[], length: number) => ({
  ...replaceWith(parts, { from: 0, to: length }),
  annotations: Transaction.addToHistory.of(false),
  filter: false,
})

const CLIPBOARD = 'application/x-trama-parts'

const clipboard = EditorView.domEventHandlers({
  copy: (event, view) => copy(event, view, false),
  cut: (event, view) => copy(event, view, !view.state.readOnly),
  paste(event, view) {
    const parts = readParts(event.clipboardData?.getData(CLIPBOARD) ?? '')
    if (!parts || view.state.readOnly) return false
    event.preventDefault()
    insertParts(view, parts)
    return true
  },
  // Moving text by the mouse would leave its pills behind.
  dragstart(event) {
    event.preventDefault()
    return true
  },
})

function copy(event: ClipboardEvent, view: EditorView, cut: boolean): boolean {
  const { from, to } = view.state.selection.main
  if (from === to || !event.clipboardData) return false
  const parts = partsIn(view.state, from, to)
  event.preventDefault()
  const text = parts.map((part) => (typeof part === 'string' ? part : `\${${part.expr}}`)).join('')
  event.clipboardData.setData('text/plain', text)
  event.clipboardData.setData(CLIPBOARD, JSON.stringify(parts))
  if (cut) view.dispatch({ changes: { from, to }, userEvent: 'delete.cut' })
  return true
}

/** Parts that were written as JSON; null when there are none. */
export function readParts(text: string): Part[] | null {
  if (text === '') return null
  const parts: unknown = JSON.parse(text)
  if (!Array.isArray(parts)) return null
  return parts.flatMap((part: unknown): Part[] => {
    if (typeof part === 'string') return [part]
    const isPill =
      typeof part === 'object' && part !== null && 'expr' in part && typeof part.expr === 'string'
    return isPill && 'expr' in part && typeof part.expr === 'string' ? [{ expr: part.expr }] : []
  })
}

export const pills: Extension = [pillField, restore, atomic, clipboard]

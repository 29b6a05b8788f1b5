import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { type Edit, perform } from './document.ts'
import { difference, type Patch } from './patch.ts'

/** One thing that can be undone. */
export interface Change {
  /** Names it in the undo menu; see `editLabel`. */
  label: EditLabel
  undo: Patch
  redo: Patch
  /** Changes in a row with the same text are one: typing in a field. */
  merge?: string
  atMs: number
}

export interface History {
  past: readonly Change[]
  future: readonly Change[]
}

export type EditLabel =
  | 'add'
  | 'paste'
  | 'move'
  | 'remove'
  | 'connect'
  | 'disconnect'
  | 'change'
  | 'rename'
  | 'frame'
  | 'resize'
  | 'tidy'
  | 'restore'

export const emptyHistory: History = { past: [], future: [] }

const DEPTH = 300
const PAUSE_MS = 4_000

/** Remembers an edit that was done; what had been undone can no longer be redone. */
export function remember(
  history: History,
  step: { before: WorkflowDocument; after: WorkflowDocument; edit: Edit; label?: EditLabel; atMs: number },
): History {
  const redo = difference(step.before, step.after)
  const label = step.label ?? editLabel(step.edit)
  const merge = mergeText(step.before, step.edit)
  const last = history.past.at(-1)
  const joins =
    merge !== undefined &&
    last?.merge === merge &&
    step.atMs - last.atMs < PAUSE_MS &&
    history.future.length === 0
  if (joins) {
    const origin = restored(step.before, last.undo)
    const whole = { undo: difference(step.after, origin), redo: difference(origin, step.after) }
    return { past: [...history.past.slice(0, -1), { ...last, ...whole, atMs: step.atMs }], future: [] }
  }
  const change: Change = { label, undo: difference(step.after, step.before), redo, merge, atMs: step.atMs }
  return { past: [...history.past, change].slice(-DEPTH), future: [] }
}

/** The next edit starts a change of its own: the field was left. */
export function seal(history: History): History {
  const last = history.past.at(-1)
  if (last?.merge === undefined) return history
  return { ...history, past: [...history.past.slice(0, -1), { ...last, merge: undefined }] }
}

export interface Moment {
  document: WorkflowDocument
  history: History
}

/** The moment before the last change, or the same when there is none. */
export function undo({ document, history }: Moment): Moment {
  const last = history.past.at(-1)
  if (!last) return { document, history }
  return {
    document: restored(document, last.undo),
    history: { past: history.past.slice(0, -1), future: [last, ...history.future] },
  }
}

export function redo({ document, history }: Moment): Moment {
  const [next, ...future] = history.future
  if (!next) return { document, history }
  return {
    document: restored(document, next.redo),
    history: { past: [...history.past, { ...next, merge: undefined }], future },
  }
}

/** A name for an edit; an edit of several is named after its first. */
export function editLabel(edit: Edit): EditLabel {
  switch (edit.type) {
    case 'add-node':
      return 'add'
    case 'set':
    case 'settings':
      return 'change'
    case 'rename-key':
      return 'rename'
    case 'set-parent':
      return 'frame'
    case 'all':
      return edit.edits[0] ? editLabel(edit.edits[0]) : 'change'
    case 'patch':
      return 'change'
    case 'paste':
    case 'move':
    case 'remove':
    case 'connect':
    case 'disconnect':
    case 'resize':
      return edit.type
    default:
      return edit satisfies never
  }
}

function mergeText(before: WorkflowDocument, edit: Edit): string | undefined {
  if (edit.type === 'move') return `move ${edit.to.map((move) => move.key).join()}`
  if (edit.type === 'resize') return `resize ${edit.key}`
  if (edit.type === 'settings') return `settings ${Object.keys(edit.settings).join()}`
  if (edit.type !== 'set') return undefined
  const old = before.nodes.find((node) => node.key === edit.key)
  const params = edit.fields.params
  const touched = params
    ? [...new Set([...Object.keys(params), ...Object.keys(old?.params ?? {})])].filter(
        (name) => params[name] !== old?.params[name],
      )
    : []
  return `set ${edit.key} ${Object.keys(edit.fields).join()} ${touched.join()}`
}

function restored(document: WorkflowDocument, patch: Patch): WorkflowDocument {
  const outcome = perform(document, patch)
  return outcome.ok ? outcome.document : document
}

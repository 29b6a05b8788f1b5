import type { WorkflowDocument } from '#nodes/graph/document.ts'

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** The server was not reached; it is tried again by itself. */
  | { kind: 'offline' }
  /** Someone else saved in the meantime; the maker chooses. */
  | { kind: 'conflict' }
  /** The server will not have it; trying again as it is would not help. */
  | { kind: 'refused'; message: string }

export type SaveTrouble = { kind: 'offline' } | { kind: 'conflict' } | { kind: 'refused'; message: string }

interface Saving {
  revision: number
  save: (draft: { document: WorkflowDocument; revision: number }) => Promise<{ revision: number }>
  troubleOf: (error: unknown) => SaveTrouble
  delayMs?: number
}

export interface Autosave {
  state: () => SaveState
  /** The revision the server last confirmed. */
  revision: () => number
  subscribe: (listener: () => void) => () => void
  /** Saves this in a moment, unless it changes again before. */
  changed: (document: WorkflowDocument) => void
  /** Saves now what is unsaved; settles when the draft is saved or cannot be. */
  flush: () => Promise<SaveState>
  /** After a conflict: saves ours over theirs. */
  keepMine: (theirRevision: number) => Promise<SaveState>
  /** After a conflict or a restore: what the server holds is what we hold. */
  adopt: (revision: number) => void
  unsaved: () => WorkflowDocument | null
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 20_000]

/** Saves the draft a moment after each change, one save at a time, each on the revision before it. */
export function createAutosave({ save, troubleOf, delayMs = 700, ...initial }: Saving): Autosave {
  let revision = initial.revision
  let state: SaveState = { kind: 'saved' }
  let pending: WorkflowDocument | null = null
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const listeners = new Set<() => void>()

  const enter = (next: SaveState) => {
    state = next
    for (const listener of listeners) listener()
  }
  const plan = (afterMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void drain(), afterMs)
  }

  async function saveOnce(document: WorkflowDocument): Promise<void> {
    enter({ kind: 'saving' })
    try {
      revision = (await save({ document, revision })).revision
      failures = 0
      if (pending === document) pending = null
      enter({ kind: pending ? 'unsaved' : 'saved' })
    } catch (error) {
      const trouble = troubleOf(error)
      enter(trouble)
      if (trouble.kind === 'offline') {
        plan(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? delayMs)
        failures += 1
      }
    }
  }

  /** A change that comes while a save runs is saved by the same walk. */
  async function drain(): Promise<void> {
    clearTimeout(timer)
    running ??= (async () => {
      do {
        if (pending) await saveOnce(pending)
      } while (state.kind === 'unsaved')
    })().finally(() => {
      running = null
    })
    await running
  }

  const flush = async () => {
    if (state.kind !== 'conflict') await drain()
    return state
  }

  return {
    state: () => state,
    revision: () => revision,
    unsaved: () => pending,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    changed: (document) => {
      pending = document
      if (state.kind === 'conflict') return
      if (!running) enter({ kind: 'unsaved' })
      plan(delayMs)
    },
    flush,
    keepMine: (theirRevision) => {
      revision = theirRevision
      enter({ kind: 'unsaved' })
      return flush()
    },
    adopt: (theirRevision) => {
      revision = theirRevision
      pending = null
      clearTimeout(timer)
      enter({ kind: 'saved' })
    },
  }
}

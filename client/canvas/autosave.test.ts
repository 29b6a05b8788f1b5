import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDocument, type WorkflowDocument } from '#nodes/graph/document.ts'
import { createAutosave, type SaveTrouble } from './autosave.ts'

const draft = (count: number): WorkflowDocument => ({
  ...emptyDocument,
  nodes: [{ key: 'a', type: 'data.set', version: 1, params: { count }, position: { x: 0, y: 0 } }],
})
const count = (document: WorkflowDocument) => document.nodes[0]?.params.count

/** A server that holds one draft, and can be told to answer with trouble. */
function aServer() {
  const held = { revision: 1, count: 0 as unknown, saves: 0, trouble: null as SaveTrouble | null }
  const save = async ({ document, revision }: { document: WorkflowDocument; revision: number }) => {
    held.saves += 1
    const trouble = held.trouble ?? (revision === held.revision ? null : { kind: 'conflict' as const })
    if (trouble) throw trouble
    held.revision += 1
    held.count = count(document)
    return { revision: held.revision }
  }
  const autosave = createAutosave({
    revision: 1,
    save,
    troubleOf: (error) => error as SaveTrouble,
    delayMs: 100,
  })
  return { held, autosave }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('autosave', () => {
  it('saves once for changes in a row', async () => {
    const { held, autosave } = aServer()
    autosave.changed(draft(1))
    autosave.changed(draft(2))
    expect(autosave.state()).toEqual({ kind: 'unsaved' })
    await vi.advanceTimersByTimeAsync(100)
    expect(held).toMatchObject({ saves: 1, count: 2, revision: 2 })
    expect(autosave.state()).toEqual({ kind: 'saved' })
    expect(autosave.unsaved()).toBeNull()
  })
  it('saves a change made while a save runs, on the revision that save gave', async () => {
    const { held, autosave } = aServer()
    autosave.changed(draft(1))
    const saving = autosave.flush()
    autosave.changed(draft(2))
    await saving
    expect(held).toMatchObject({ saves: 2, count: 2, revision: 3 })
  })
  it('tries again by itself until the server is back', async () => {
    const { held, autosave } = aServer()
    held.trouble = { kind: 'offline' }
    autosave.changed(draft(1))
    await vi.advanceTimersByTimeAsync(100)
    expect(autosave.state()).toEqual({ kind: 'offline' })
    held.trouble = null
    await vi.advanceTimersByTimeAsync(60_000)
    expect(held.count).toBe(1)
    expect(autosave.state()).toEqual({ kind: 'saved' })
  })
  it('stops at a conflict and keeps what is unsaved', async () => {
    const { held, autosave } = aServer()
    held.revision = 7
    autosave.changed(draft(1))
    await vi.advanceTimersByTimeAsync(100)
    autosave.changed(draft(2))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(held).toMatchObject({ saves: 1, count: 0 })
    expect(autosave.state()).toEqual({ kind: 'conflict' })
    expect(autosave.unsaved()).toEqual(draft(2))
  })
  it('saves over theirs when told to keep mine', async () => {
    const { held, autosave } = aServer()
    held.revision = 7
    autosave.changed(draft(1))
    await autosave.flush()
    expect(await autosave.keepMine(7)).toEqual({ kind: 'saved' })
    expect(held).toMatchObject({ count: 1, revision: 8 })
  })
  it('drops ours when told to take theirs', async () => {
    const { held, autosave } = aServer()
    held.revision = 7
    autosave.changed(draft(1))
    await autosave.flush()
    autosave.adopt(7)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(autosave.state()).toEqual({ kind: 'saved' })
    expect(held).toMatchObject({ saves: 1, count: 0 })
  })
  it('shows what the server will not have, and saves the next change', async () => {
    const { held, autosave } = aServer()
    held.trouble = { kind: 'refused', message: 'Too large' }
    autosave.changed(draft(1))
    expect(await autosave.flush()).toEqual({ kind: 'refused', message: 'Too large' })
    held.trouble = null
    autosave.changed(draft(2))
    expect(await autosave.flush()).toEqual({ kind: 'saved' })
  })
})

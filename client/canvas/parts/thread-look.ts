import { UNDO_PORT } from '#nodes/graph/scopes.ts'

export type ThreadLook = 'drawn' | 'pale' | 'carried' | 'selected' | 'error' | 'undo'

export const threadStrokes: Record<ThreadLook, string> = {
  drawn: 'stroke-edge/70!',
  pale: 'stroke-line!',
  carried: 'stroke-accent!',
  error: 'stroke-bad!',
  undo: 'stroke-warn!',
  selected: 'stroke-accent!',
}

export interface ThreadState {
  port: string | null | undefined
  selected: boolean
  /** Whether a run is shown, and whether data went this way in it. */
  hasRun: boolean
  carried: boolean
}

export function threadLook({ port, selected, hasRun, carried }: ThreadState): ThreadLook {
  if (selected) return 'selected'
  if (!hasRun) return 'drawn'
  if (!carried) return 'pale'
  if (port === UNDO_PORT) return 'undo'
  return port === 'error' ? 'error' : 'carried'
}

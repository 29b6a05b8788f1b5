import { z } from 'zod'
import type { StoredEvent } from '#server/engine/history.ts'
import { decodeEvent } from './event-json.ts'

/** The type of a row that holds several events: `data` is `[[at, event], …]`, their numbers end with the row's. */
export const CHUNK = 'chunk'

const MOST_EVENTS = 500
const MOST_CHARS = 1024 * 1024

/** What one row of `run_event` keeps. */
export interface Chunk {
  /** The number of its last event. */
  seq: number
  /** JSON text. */
  data: string
}

/** An event to be stored; `at` null: when its row is written. */
interface Encoded {
  at: number | null
  text: string
}

/** Events that are written together, in few rows; `seq` is the number of the first. */
export function chunksOf(events: readonly Encoded[], seq: number): Chunk[] {
  const chunks: Chunk[] = []
  let parts: string[] = []
  let chars = 0
  const close = (at: number) => {
    if (parts.length > 0) chunks.push({ seq: seq + at, data: `[${parts.join(',')}]` })
    parts = []
    chars = 0
  }
  for (const [index, { at, text }] of events.entries()) {
    if (parts.length >= MOST_EVENTS || chars + text.length > MOST_CHARS) close(index - 1)
    parts.push(`[${at},${text}]`)
    chars += text.length
  }
  close(events.length - 1)
  return chunks
}

const Stored = z.array(z.tuple([z.number().nullable(), z.unknown()]))

/** The events of a row, in order, those after a number only. A row of an older release holds a single one. */
export function eventsIn(
  row: { seq: number; at: Date; type: string; data: unknown },
  after: number,
): StoredEvent[] {
  const { seq, at, type, data } = row
  if (type !== CHUNK) return [{ seq, at: at.getTime(), event: decodeEvent(data) }]
  const events = Stored.parse(data)
  const first = seq - events.length + 1
  return events.slice(Math.max(0, after - first + 1)).map(([ms, event], index) => ({
    seq: Math.max(first, after + 1) + index,
    at: ms ?? at.getTime(),
    event: decodeEvent(event),
  }))
}

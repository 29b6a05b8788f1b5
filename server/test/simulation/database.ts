import type { RunEvent } from '#server/engine/history.ts'

/** Another worker has the run: nothing of this one's is written. */
export class Stale extends Error {}

export interface Row {
  id: string
  key: string
  status: 'queued' | 'running' | 'waiting' | 'ended'
  token: number
  leaseUntil: number | null
  wakeAt: number | null
  cancel: boolean
  /** `token` is that of the write that stored it. */
  events: { event: RunEvent; token: number; at: number }[]
}

export interface Change {
  status: 'queued' | 'waiting'
  wakeAt?: number | null
}

export const LEASE = 100

/** What Postgres promises the runtime, and no more: rows, one at a time, with its own clock. */
export class ModelDatabase {
  readonly runs = new Map<string, Row>()
  now = 0

  /** One run for each key. */
  accept(key: string): string {
    for (const { id, key: known } of this.runs.values()) if (known === key) return id
    const id = `run ${this.runs.size}`
    const started = { type: 'run.started', trigger: 'start', output: null } as const
    const row: Row = {
      id,
      key,
      status: 'queued',
      token: 0,
      leaseUntil: null,
      wakeAt: null,
      cancel: false,
      events: [],
    }
    row.events.push({ event: started, token: 0, at: this.now })
    this.runs.set(id, row)
    return id
  }

  claim(id: string): { token: number; reason: 'queued' | 'takeover' | 'woken'; row: Row } | null {
    const row = this.runs.get(id)
    if (!row || row.status === 'ended') return null
    if (row.leaseUntil !== null && row.leaseUntil >= this.now) return null
    const isDue = row.status !== 'waiting' || row.cancel || (row.wakeAt !== null && row.wakeAt <= this.now)
    if (!isDue) return null
    const reason = row.leaseUntil !== null ? 'takeover' : row.status === 'waiting' ? 'woken' : 'queued'
    Object.assign(row, {
      status: 'running',
      token: row.token + 1,
      leaseUntil: this.now + LEASE,
      wakeAt: null,
    })
    return { token: row.token, reason, row }
  }

  /** Events and what becomes of the run, in one write that checks the token. */
  write({ id, token }: { id: string; token: number }, events: readonly RunEvent[], change?: Change) {
    const row = this.runs.get(id)
    if (!row || row.token !== token || row.leaseUntil === null) throw new Stale()
    for (const event of events) row.events.push({ event, token, at: this.now })
    if (events.some(({ type }) => type === 'run.finished'))
      Object.assign(row, { status: 'ended', leaseUntil: null })
    else if (change)
      Object.assign(row, { status: change.status, leaseUntil: null, wakeAt: change.wakeAt ?? null })
  }

  renew({ id, token }: { id: string; token: number }): boolean {
    const row = this.runs.get(id)
    if (!row || row.token !== token || row.leaseUntil === null) return false
    row.leaseUntil = this.now + LEASE
    return true
  }

  /** Runs that should be moving and are not: dead workers, lost messages, timers, cancels. */
  sweep(): string[] {
    return [...this.runs.values()].flatMap(({ id, status, leaseUntil, wakeAt, cancel }) => {
      if (status === 'ended' || (leaseUntil !== null && leaseUntil >= this.now)) return []
      return status !== 'waiting' || cancel || (wakeAt !== null && wakeAt <= this.now) ? [id] : []
    })
  }
}

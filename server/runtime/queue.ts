import type { RunRef } from './new-run.ts'

/**
 * Wakes workers. It carries ids only and may lose everything at any moment: the sweeper finds in Postgres what it lost.
 */
export interface WakeQueue {
  /** Rejects soon when the queue is away; nobody must wait long for it. */
  wake(runs: readonly RunRef[]): Promise<void>
  /** How many wake-ups are waiting for a worker. */
  backlog(): Promise<number>
  /** Calls for each wake-up. The next ones come when the promises of these settle. */
  listen(about: { atOnce: number; take: (run: RunRef) => Promise<void> }): Promise<void>
  /** No further wake-ups are taken. */
  deafen(): Promise<void>
  /** As it was a moment ago. */
  healthy(): boolean
  start(): Promise<void>
  close(): Promise<void>
}

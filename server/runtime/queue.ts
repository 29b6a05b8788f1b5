/**
 * Tells workers that somebody may be in line. It carries nothing else, and may lose everything at any moment: who has
 * room looks from time to time as well.
 */
export interface WakeQueue {
  /** One worker looks. Rejects soon when the queue is away; nobody must wait long for it. */
  wake(): Promise<void>
  /** Calls for each wake-up. The next one comes when the promise settles. */
  listen(look: () => Promise<void>): Promise<void>
  /** No further wake-ups are taken. */
  deafen(): Promise<void>
  /** As it was a moment ago. */
  healthy(): boolean
  start(): Promise<void>
  close(): Promise<void>
}

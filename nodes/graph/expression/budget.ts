import { Trouble } from './errors.ts'

/** What one evaluation may cost. */
export interface Limits {
  /** Visits to a part of the expression, and elements or 64 characters handled by a method. */
  steps: number
  /** Parts inside parts, callbacks included. */
  depth: number
  /** Characters made, plus 8 for each element or field made. */
  size: number
  /** The last resort, for work that cannot be counted: looked at between matches of a pattern. */
  wallMs: number
}

export const defaultLimits: Limits = { steps: 2_000_000, depth: 300, size: 32_000_000, wallMs: 1_500 }

/** Counts down; every allocation is asked for here before it is made. */
export class Budget {
  private steps: number
  private size: number
  private depth = 0
  private readonly maxDepth: number
  private readonly wallMs: number
  private startedMs = 0
  /** Whether any list or object was made: only then can one part be in the result many times. */
  made = false

  constructor(limits: Limits) {
    this.steps = limits.steps
    this.size = limits.size
    this.maxDepth = limits.depth
    this.wallMs = limits.wallMs
  }

  work(steps: number): void {
    this.steps -= steps
    if (!(this.steps >= 0)) throw new Trouble('budget', 'The expression takes too many steps')
  }

  /** A text of so many characters is about to be made. */
  text(characters: number): void {
    this.work(Math.ceil(characters / 64))
    this.size -= characters
    if (!(this.size >= 0)) throw new Trouble('budget', 'The expression makes too much data')
  }

  /** So many elements or fields are about to be made. */
  elements(count: number): void {
    this.made = true
    this.work(count)
    this.size -= count * 8
    if (!(this.size >= 0)) throw new Trouble('budget', 'The expression makes too much data')
  }

  enter(): void {
    this.depth += 1
    if (this.depth > this.maxDepth) throw new Trouble('budget', 'The expression is nested too deeply')
  }

  leave(): void {
    this.depth -= 1
  }

  /**
   * Each match of a pattern is linear in the text, but many matches may each look at all of it, and how far they
   * looked is not told. Never decides anything but that an absurd expression ends.
   */
  checkClock(): void {
    if (this.startedMs === 0) this.startedMs = Date.now()
    else if (Date.now() - this.startedMs > this.wallMs)
      throw new Trouble('budget', 'The expression takes too long')
  }

  /** A search for a text in a text: in the worst case every place is compared for a long way. */
  search(text: string, wanted: string): void {
    this.work(Math.ceil((text.length * (1 + wanted.length / 16)) / 64))
  }
}

import { Trouble } from './errors.ts'

/** What one evaluation may cost. */
export interface Limits {
  /** Visits to a part of the expression, and elements or 64 characters handled by a method. */
  steps: number
  /** Parts inside parts, callbacks included. */
  depth: number
  /** Characters made, plus 8 for each element or field made. */
  size: number
}

export const defaultLimits: Limits = { steps: 2_000_000, depth: 300, size: 32_000_000 }

/** Counts down; every allocation is asked for here before it is made. */
export class Budget {
  private steps: number
  private size: number
  private depth = 0
  private readonly maxDepth: number

  constructor(limits: Limits) {
    this.steps = limits.steps
    this.size = limits.size
    this.maxDepth = limits.depth
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
}

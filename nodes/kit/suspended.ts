/** Thrown where a step must wait for somebody else. It is no failure: who catches it throws it again. */
export class Suspended extends Error {
  constructor() {
    super('The step waits for an answer')
    this.name = 'Suspended'
  }
}

/** Whether this is no failure, but a question on its way out: a node that catches it throws it again. */
export const isSuspended = (error: unknown): boolean => error instanceof Suspended

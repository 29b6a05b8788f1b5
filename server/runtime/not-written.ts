/** Another worker holds the run: nothing of it was written. */
export class LostLease extends Error {
  constructor() {
    super('Another worker holds this run')
    this.name = 'LostLease'
  }
}

/** A run that was to be written for the first time is not this worker's after all. */
export class NotBegun extends Error {
  /** Its tenant has no room, so that it waits in line; or its dedupe key belongs to another run. */
  readonly why: 'lined' | 'taken'

  constructor(why: 'lined' | 'taken') {
    super(why === 'lined' ? 'The run waits in line' : 'The run was there before')
    this.name = 'NotBegun'
    this.why = why
  }
}

import { StepFailure } from '#nodes/kit/failure.ts'

/** Code that failed, with what it had logged until then. */
export class CodeFailure extends StepFailure {
  readonly logs: string[]
  constructor(code: 'code_error' | 'code_timeout' | 'code_memory', message: string, logs: string[] = []) {
    super({ code, message, retryable: false })
    this.name = 'CodeFailure'
    this.logs = logs
  }
}

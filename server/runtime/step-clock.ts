/**
 * How long one attempt may take. Nothing is made before somebody has to wait: a step that gives its result at once has
 * neither a timer nor a signal.
 */
export class StepClock {
  readonly #run: AbortSignal
  readonly #timeoutMs: number
  readonly #beganMs = performance.now()
  #limit: AbortController | undefined
  #timer: NodeJS.Timeout | undefined
  #signal: AbortSignal | undefined
  #stopped = false

  /** `run` is aborted when the run is cancelled or no longer ours. */
  constructor({ run, timeoutMs }: { run: AbortSignal; timeoutMs: number }) {
    this.#run = run
    this.#timeoutMs = timeoutMs
  }

  get timeoutMs(): number {
    return this.#timeoutMs
  }

  /** Aborted when the time is up or the run is. */
  get signal(): AbortSignal {
    this.#signal ??= AbortSignal.any([this.#run, this.#started().signal])
    return this.#signal
  }

  get isOver(): boolean {
    return this.#limit?.signal.aborted ?? false
  }

  /** A node that does not listen to its signal does not hold up the run. */
  within<T>(work: Promise<T>): Promise<T> {
    const [run, limit] = [this.#run, this.#started().signal]
    return new Promise((resolve, reject) => {
      const stop = () => reject(new Error('Aborted'))
      if (run.aborted || limit.aborted) stop()
      run.addEventListener('abort', stop, { once: true })
      limit.addEventListener('abort', stop, { once: true })
      work.then(resolve, reject).finally(() => run.removeEventListener('abort', stop))
    })
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #started(): AbortController {
    if (this.#limit) return this.#limit
    const limit = new AbortController()
    this.#limit = limit
    const leftMs = Math.max(0, this.#timeoutMs - (performance.now() - this.#beganMs))
    if (!this.#stopped) this.#timer = setTimeout(() => limit.abort(), leftMs)
    return limit
  }
}

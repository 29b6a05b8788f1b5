/** As far as TypeScript looks into it: in tests. */
interface Result {
  error?: unknown
}
interface Engine {
  context: {
    undefined: unknown
    evalCode(source: string): Result
    callFunction(what: unknown, self: unknown, ...args: unknown[]): Result
    unwrapResult(result: Result): unknown
  }
  runtime: { hasPendingJob(): boolean; executePendingJobs(most: number): Result }
  start: unknown
  memory: WebAssembly.Memory
  prepare(about: { deadline: number; log: (line: string) => boolean }): void
  restore(): boolean
}

export function makeEngine(about: { wasmModule: WebAssembly.Module; memoryMb: number }): Promise<Engine>

/** What one piece of code may use, and how many run side by side. */
export interface SandboxLimits {
  workers: number
  memoryMb: number
  outputBytes: number
  logLines: number
  logBytes: number
}

export const defaultLimits: SandboxLimits = {
  workers: 2,
  memoryMb: 48,
  outputBytes: 8 * 1024 * 1024,
  logLines: 200,
  logBytes: 64 * 1024,
}

/** Room for the workers' own heaps, and as many results on their way. */
export const CHILD_HEAP_MB = 512

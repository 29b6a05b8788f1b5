import { afterAll } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import { CodeFailure } from './failures.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'

/** One sandbox for a test file, closed after it. */
const sandbox = createSandbox()
afterAll(() => sandbox.close())

export const run = (code: string, globals: Record<string, Json> = {}, timeoutMs = 5_000) =>
  sandbox.run({ code, globals, timeoutMs })

export const value = async (code: string, globals: Record<string, Json> = {}) =>
  (await run(code, globals)).value

/** How the code failed; throws when it did not. */
export async function failure(
  code: string,
  { timeoutMs = 5_000, of = sandbox }: { timeoutMs?: number; of?: Sandbox } = {},
) {
  const error = await of.run({ code, globals: { input: 1 }, timeoutMs }).then(
    (result) => result,
    (thrown: unknown) => thrown,
  )
  if (error instanceof CodeFailure) return { ...error.failure, logs: error.logs }
  throw new Error(`It did not fail: ${JSON.stringify(error)}`)
}

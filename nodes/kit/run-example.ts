import { type AnyStep, type Example, type NodeContext, Paused, Routed } from './define-node.ts'
import { exampleMeans } from './example-means.ts'
import { fail, StepFailure } from './failure.ts'
import { scripted } from './http.ts'
import { noMeans } from './no-means.ts'

/** When examples happen. */
const EXAMPLE_NOW_MS = Date.UTC(2026, 0, 1)

type Outcome =
  | { output: unknown; port: string | undefined; waitsUntil: string | undefined }
  | { fails: string }

/** Runs one example of a node without anything of the outside, and tells how it ended. For tests and docs. */
export async function runExample(
  node: AnyStep,
  example: Example<unknown, unknown>,
  runCode: NodeContext<unknown, string>['runCode'],
): Promise<Outcome> {
  let answered = false
  try {
    const result = await node.run({
      ...('means' in example && example.means ? exampleMeans(example.means) : noMeans),
      params: node.params.parse(example.params),
      input: example.input ?? null,
      http: scripted('replies' in example ? example.replies : {}),
      to: (port, value) => new Routed(port, value),
      pause: (untilMs, value) => new Paused(untilMs, value),
      respond() {
        if (answered) throw fail('already_responded', 'The caller already has an answer')
        answered = true
      },
      runCode,
      log: () => {},
      nowMs: EXAMPLE_NOW_MS,
      idempotencyKey: 'example',
      signal: new AbortController().signal,
    })
    return outcomeOf(result)
  } catch (error) {
    if (error instanceof StepFailure) return { fails: error.failure.code }
    throw error
  }
}

function outcomeOf(result: unknown): Outcome {
  if (result instanceof Routed) return { output: result.value, port: result.port, waitsUntil: undefined }
  if (!(result instanceof Paused)) return { output: result, port: undefined, waitsUntil: undefined }
  const waitsUntil = new Date(result.untilMs).toISOString().replace('.000Z', 'Z')
  return { output: result.value, port: undefined, waitsUntil }
}

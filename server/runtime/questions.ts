import { z } from 'zod'
import { fail, StepFailure } from '#nodes/kit/failure.ts'
import { Json } from '#nodes/kit/json.ts'
import type { Means } from '#nodes/kit/means.ts'
import type { Answer, CallOutcome, WorkflowCall } from '#nodes/kit/sub-step.ts'
import { Suspended } from '#nodes/kit/suspended.ts'
import { recordOf } from '#server/engine/state.ts'
import { AppError } from '#server/errors.ts'
import { type Callee, findCallee, MOST_DEPTH } from './callee.ts'
import type { ConnectionDoor } from './connection-door.ts'
import type { NewRun } from './new-run.ts'
import { type NewTask, newTask } from './new-task.ts'
import type { FindDefinition } from './prepare.ts'
import { type AttemptPlace, checkName, type SubSteps } from './sub-steps.ts'

export interface QuestionParts {
  door: ConnectionDoor
  find: FindDefinition
  /** Takes in the run of a workflow that is called; the same key gives the same run. */
  accept: (run: NewRun) => Promise<{ runId: string }>
}

/** What one attempt asks of others. */
export interface Questions extends Pick<Means, 'ask'> {
  call(call: WorkflowCall, signal: AbortSignal): Promise<CallOutcome>
  /** What has no answer yet: the step lets go with these. */
  readonly open: readonly NewTask[]
}

/** What the task of a call keeps: enough to start the run, by whoever gets to it. */
export const CallRequest = z.object({
  workflowId: z.string(),
  version: z.number(),
  trigger: z.string(),
  input: Json,
})

const StoredAnswer: z.ZodType<Answer> = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('answered'),
    value: Json,
    by: z.string().nullable(),
    atMs: z.number(),
  }),
  z.object({ status: z.literal('expired') }),
])
export const StoredOutcome: z.ZodType<CallOutcome> = z.discriminatedUnion('status', [
  z.object({ status: z.literal('started'), runId: z.string() }),
  z.object({ status: z.literal('succeeded'), runId: z.string(), output: Json }),
  z.object({
    status: z.enum(['failed', 'cancelled']),
    runId: z.string(),
    code: z.string(),
    message: z.string(),
  }),
  z.object({ status: z.literal('expired'), runId: z.string() }),
])

export function createQuestions(
  place: AttemptPlace,
  about: QuestionParts & { subSteps: SubSteps },
): Questions {
  const { held, step } = place
  const { tenantId, runId } = held.run
  const open = new Map<string, NewTask>()

  /** The answer on record; without one the step lets go. */
  function answerTo(question: Parameters<typeof newTask>[1]): Json {
    checkName(question.name)
    const record = recordOf(held.state, { step, name: question.name })
    if (record?.status === 'done') return record.output
    open.set(question.name, newTask({ runId, step }, question))
    throw new Suspended()
  }

  async function callee({ workflowId }: WorkflowCall): Promise<Callee> {
    if (held.run.depth >= MOST_DEPTH)
      throw fail('called_too_deep', `Workflows may call each other ${MOST_DEPTH} levels deep.`)
    return findCallee({ pool: about.door.pool, find: about.find }, { tenantId, workflowId })
  }

  return {
    get open() {
      return [...open.values()]
    },
    ask: async (question) => StoredAnswer.parse(answerTo(question)),
    async call(call, signal) {
      const { name, workflowId, input, wait, deadlineMs } = call
      checkName(name)
      const record = recordOf(held.state, { step, name })
      if (record?.status === 'done')
        return StoredOutcome.parse(wait ? givenBy(StoredAnswer.parse(record.output)) : record.output)
      const { name: title, version, trigger } = await callee(call)
      if (wait) {
        const request = { workflowId, version, trigger, input }
        const question = { name, kind: 'call' as const, title, request, role: null, deadlineMs }
        return StoredOutcome.parse(answerTo(question))
      }
      const output = await about.subSteps.do(
        { name, kind: 'call', title, input, effect: 'idempotent' },
        {
          signal,
          work: async ({ idempotencyKey }) => {
            const started = await about
              .accept({
                ...{ tenantId, workflowId, version, triggerKey: trigger, startedBy: 'call', input },
                dedupeKey: `call:${idempotencyKey}`,
                parent: { runId, depth: held.run.depth + 1, deadlineAt: held.run.deadlineAt },
              })
              .catch(asFailure)
            return { output: { status: 'started', runId: started.runId } }
          },
        },
      )
      return StoredOutcome.parse(output)
    },
  }
}

/** Too many starts are over in a moment. */
function asFailure(error: unknown): never {
  if (!(error instanceof AppError) || error.code !== 'limit_reached') throw error
  throw fail('limit_reached', `${error.message}.`, { retryable: true })
}

/** The task of a call is always answered: when its time is up too, with what that came to. */
function givenBy(answer: Answer): Json {
  if (answer.status === 'answered') return answer.value
  throw new StepFailure({ code: 'call_expired', message: 'The call took too long.', retryable: false })
}

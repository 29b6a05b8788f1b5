import type { Means } from '#nodes/kit/means.ts'
import type { Borrower, Lending } from './lending.ts'
import { stepMeans } from './step-means.ts'
import { lentTools } from './tools.ts'

/** What a step, or a tool of it, may use. */
export function lendMeans(lending: Lending, borrower: Borrower): Means {
  const { parts, place, subSteps, questions, text } = lending
  const { node, definition, prefix, idempotencyKey, signal } = borrower
  const { tenantId, workflowId, runId } = place.held.run
  const { door, bus, log } = parts
  const about = { pool: door.pool, door, bus, log, tenantId, workflowId, runId, step: place.step }
  // What a tool is told was chosen by a model, which may have read anything by then.
  const outside = prefix === '' ? lending.outside : () => true
  return stepMeans(
    { ...about, outside, node, definition, idempotencyKey, signal },
    {
      step: (sub, work) => subSteps.do({ ...sub, name: prefix + sub.name }, { work, signal }),
      ask: (question) => questions.ask({ ...question, name: prefix + question.name }),
      call: (call) => questions.call({ ...call, name: prefix + call.name }, signal),
      tools: lentTools(lending, borrower),
      // Who reads along hears the step, not what its tools say to it.
      stream: (more) => (prefix === '' ? text.write(more) : undefined),
    },
  )
}

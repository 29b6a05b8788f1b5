import { z } from 'zod'
import { Moment } from '#server/db/moment.ts'
import { RunStatus, StartedBy } from '#server/runs/status.ts'
import { startedBy } from '#server/runtime/new-run.ts'
import { Id, Search } from '../inputs.ts'

/** Which runs, for a list and for what is done to many. */
export const RunFilter = z.strictObject({
  workflowId: Id.optional(),
  status: z.array(RunStatus).max(6).optional(),
  startedBy: z.array(StartedBy).max(startedBy.length).optional(),
  search: Search.optional(),
  failureKey: Search.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
})

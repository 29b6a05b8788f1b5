import type { NodeKey } from '#nodes/graph/document.ts'

// English, complete on their own; the client has its own words by code.
const sentences = {
  run_not_ended: 'This run has not ended yet',
  history_gone: 'What happened in this run is not kept any more',
  not_published: 'This workflow is not published: replay the version that the run had',
  draft_has_problems: 'The draft has problems that must be solved before it runs',
  trigger_gone: 'The trigger {step} is not in this version, or is another one now',
  step_gone: 'The step {step} is not in this version',
  step_apart: 'Nothing leads from this run’s trigger to {step}, so no run begins there',
  taken_gone: 'The step {step}, which would be taken over, is not in this version',
  taken_changed: 'The step {step}, which would be taken over, is another kind of step in this version',
  edit_unknown: 'The step {step} did not run, so there is no output to change',
  edit_not_taken: 'The step {step} runs again, so its output cannot be given',
  edit_too_large: 'The output given for {step} is larger than 4 MB, or nested too deep',
  too_large: 'The steps before this one gave more than a replay can take over (32 MB)',
} as const
export type ReplayProblemCode = keyof typeof sentences

/** Why a run cannot be replayed so. */
export interface ReplayProblem {
  code: ReplayProblemCode
  message: string
  step?: NodeKey
}

export const replayProblem = (code: ReplayProblemCode, step?: NodeKey): ReplayProblem => ({
  code,
  message: sentences[code].replace('{step}', step ?? ''),
  ...(step === undefined ? {} : { step }),
})

import type { StepId } from '#server/engine/history.ts'
import type { Told, ToldStep } from './told.ts'
import { type Difference, diffValues } from './value-diff.ts'

/** One step in one of the runs. */
export interface ComparedSide {
  status: ToldStep['status']
  port: string | null
  failure: { code: string; message: string } | null
  attempts: number
  /** From its first start to its last end; null while it goes on. */
  ms: number | null
  costUsd: number
  reused: boolean
}

/** One step of two runs. How long it took and what it cost are no change. */
export interface ComparedStep {
  step: StepId
  verdict: 'same' | 'changed' | 'only_left' | 'only_right'
  left: ComparedSide | null
  right: ComparedSide | null
  /** Where what it gave differs, some of it. */
  differences: Difference[]
  more: boolean
}

export interface Comparison {
  steps: ComparedStep[]
  /** Where what the runs gave in the end differs. */
  output: { differences: Difference[]; more: boolean }
  /** Some steps or outputs were left out: there were too many. */
  more: boolean
}

const MOST_IN_STEP = 50
const MOST_IN_ALL = 1_000

/** What two runs did, step by step. Pure. */
export function compare(left: Told, right: Told): Comparison {
  let room = MOST_IN_ALL
  const steps = stepsOf(left, right).map((step) => {
    const compared = compareStep(step, {
      left: left.steps.get(step),
      right: right.steps.get(step),
      most: Math.min(MOST_IN_STEP, room),
    })
    room -= compared.differences.length
    return compared
  })
  const output = diffValues(left.output, right.output, { most: MOST_IN_STEP })
  return { steps, output, more: left.more || right.more }
}

function compareStep(
  step: StepId,
  { left, right, most }: { left?: ToldStep; right?: ToldStep; most: number },
): ComparedStep {
  const sides = { step, left: sideOf(left), right: sideOf(right) }
  if (!left || !right) {
    const verdict = left ? ('only_left' as const) : ('only_right' as const)
    return { ...sides, verdict, differences: [], more: false }
  }
  const values =
    left.cut || right.cut ? { differences: [], more: false } : diffValues(left.output, right.output, { most })
  const isSame =
    left.status === right.status &&
    left.port === right.port &&
    left.failure?.code === right.failure?.code &&
    left.failure?.message === right.failure?.message &&
    values.differences.length === 0 &&
    !values.more
  return { ...sides, verdict: isSame ? 'same' : 'changed', ...values }
}

function sideOf(step: ToldStep | undefined): ComparedSide | null {
  if (!step) return null
  const { status, port, failure, attempts, startedAt, endedAt, costUsd, reused } = step
  return {
    ...{ status, port, failure, attempts, costUsd, reused },
    ms: endedAt === null ? null : endedAt - startedAt,
  }
}

/** The left run's order; a step only the right one has comes after the one it came after there. */
function stepsOf(left: Told, right: Told): StepId[] {
  const after = new Map<StepId | undefined, StepId[]>()
  let last: StepId | undefined
  for (const step of right.steps.keys()) {
    if (left.steps.has(step)) last = step
    else after.set(last, [...(after.get(last) ?? []), step])
  }
  return [
    ...(after.get(undefined) ?? []),
    ...[...left.steps.keys()].flatMap((step) => [step, ...(after.get(step) ?? [])]),
  ]
}

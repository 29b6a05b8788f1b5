import type { Failure } from '#nodes/kit/failure.ts'
import { isJsonObject, type Json } from '#nodes/kit/json.ts'
import type { Usage } from '#nodes/kit/model.ts'
import type { StepEvent, SubStepKind } from '#server/engine/history.ts'

/** A piece of a step that is recorded by itself: a model call, a tool call, a question to somebody else. */
export interface SubStep {
  /** `model[0]`, `tool[0].lookup`, and of what a tool does `tool[0].lookup.model[0]`. */
  name: string
  kind: SubStepKind
  title: string
  /** `stopped`: its worker let go of it before it ended. */
  status: 'running' | 'waiting' | 'done' | 'failed' | 'stopped'
  startedAt: number
  endedAt?: number
  took?: number
  input?: Json
  output?: Json
  failure?: Failure
  usage?: Usage
  /** The attempt of its step that it was last done in. */
  attempt: number
  /** How often it was begun. */
  starts: number
  /** The task somebody has to answer. */
  task?: string
  untilMs?: number
}

type SubStepEvent = Extract<StepEvent, { type: 'substep.started' | 'substep.finished' | 'substep.failed' }>

/** Adds what an event tells of a sub-step; returns a new one, for cards compare by identity. */
export function applySubStep(subSteps: Map<string, SubStep>, event: SubStepEvent, at: number): void {
  const { name, attempt } = event
  const known = subSteps.get(name)
  const base = known ?? asked({ name, attempt, at })
  switch (event.type) {
    case 'substep.started': {
      const { kind, title, input } = event
      subSteps.set(name, {
        ...{ name, kind, title, attempt, status: 'running', startedAt: at },
        starts: (known?.starts ?? 0) + 1,
        ...(input === undefined ? {} : { input }),
      })
      return
    }
    case 'substep.finished': {
      const { output, took, usage } = event
      subSteps.set(name, {
        ...{ ...base, attempt, status: failureIn(output) ? 'failed' : 'done', endedAt: at, output },
        ...(took === undefined ? {} : { took }),
        ...(usage ? { usage } : {}),
      })
      return
    }
    case 'substep.failed': {
      const { failure, took } = event
      // A tool that asked is not over: it is called again once there is an answer.
      const status = failure.code === 'suspended' ? 'waiting' : 'failed'
      subSteps.set(name, {
        ...{ ...base, attempt, status, endedAt: at },
        ...(status === 'failed' ? { failure } : {}),
        ...(took === undefined ? {} : { took }),
      })
      return
    }
    default:
      event satisfies never
  }
}

/** The step let go until somebody has answered: what it asked waits, and so does what asked. */
export function suspendSubSteps(
  subSteps: Map<string, SubStep>,
  event: Extract<StepEvent, { type: 'step.suspended' }>,
  at: number,
): void {
  for (const [name, known] of subSteps)
    if (known.status === 'running') subSteps.set(name, { ...known, status: 'waiting' })
  for (const { name, task, untilMs } of event.asks) {
    const known = subSteps.get(name) ?? asked({ name, attempt: event.attempt, at })
    subSteps.set(name, { ...known, status: 'waiting', task, ...(untilMs === null ? {} : { untilMs }) })
  }
}

/** What was under way when a worker let go. */
export function stopSubSteps(subSteps: Map<string, SubStep>): void {
  for (const [name, known] of subSteps)
    if (known.status === 'running') subSteps.set(name, { ...known, status: 'stopped' })
}

/** A question has no beginning of its own: its name says whom it asks about what. */
const asked = (about: { name: string; attempt: number; at: number }): SubStep => ({
  ...{ name: about.name, kind: 'ask', title: lastPart(about.name), attempt: about.attempt },
  ...{ status: 'waiting', startedAt: about.at, starts: 1 },
})

/** `approval[0].send` is about `send`. */
const lastPart = (name: string) => name.slice(name.lastIndexOf('.') + 1)

/** What a tool gave as its failure: to the agent that is an answer like any other. */
export function failureIn(output: Json | undefined): { code: string; message: string } | null {
  if (!isJsonObject(output) || Object.keys(output).length !== 1 || !isJsonObject(output.failure)) return null
  return { code: String(output.failure.code), message: String(output.failure.message) }
}

/** Whether a person is asked, not another run or a service. */
export const isApproval = ({ name }: Pick<SubStep, 'name'>) => /(?:^|\.)approval\[/.test(name)

/** Sub-steps in the order they began, those of a tool under it. */
export function subStepRows(subSteps: ReadonlyMap<string, SubStep>): { sub: SubStep; depth: number }[] {
  const all = [...subSteps.values()]
  const parentOf = (name: string) => all.filter((one) => name.startsWith(`${one.name}.`)).length
  const under = new Map<string, SubStep[]>()
  for (const sub of all) {
    const parent = all
      .filter((one) => sub.name.startsWith(`${one.name}.`))
      .reduce((longest, one) => (one.name.length > longest.length ? one.name : longest), '')
    under.set(parent, [...(under.get(parent) ?? []), sub])
  }
  const rows = (parent: string): { sub: SubStep; depth: number }[] =>
    (under.get(parent) ?? []).flatMap((sub) => [{ sub, depth: parentOf(sub.name) }, ...rows(sub.name)])
  return rows('')
}

/** The names of the tools on the way to a call, or to the approval of one: `tool[0].research.tool[2].search` → research, search. */
export function toolPath(name: string): string[] {
  return [...name.matchAll(/(?:^|\.)(?:tool|approval)\[\d+\]\.([^.[\]]+)/g)].map(([, tool = '']) => tool)
}

export interface Spent {
  /** Null when the price of some of it is not known, and nothing is. */
  costUsd: number | null
  /** Whether the price of part of it is not known. */
  atLeast: boolean
  tokens: number
}

/** What the model calls among them cost; null when there are none. */
export function spentIn(subSteps: Iterable<SubStep>): Spent | null {
  const usages = [...subSteps].flatMap(({ usage }) => usage ?? [])
  if (usages.length === 0) return null
  const known = usages.flatMap(({ costUsd }) => costUsd ?? [])
  return {
    costUsd: known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0),
    atLeast: known.length < usages.length,
    tokens: usages.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0),
  }
}

// For tests: an agent with a scripted model, scripted tools and somebody who approves.
import {
  type Answer,
  type Json,
  type JsonObject,
  type ModelReply,
  type ModelRequest,
  type Question,
  StepFailure,
  type SubStep,
  type Tool,
} from '../kit/index.ts'
import { noMeans } from '../kit/no-means.ts'
import { Suspended } from '../kit/suspended.ts'
import type { AgentMeans, Task } from './loop.ts'
import { runAgent } from './loop.ts'

export const usage = {
  ...{ model: 'm', inputTokens: 100, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0 },
  costUsd: 0.01,
}

/** What a model says: each reply once, in order; a function sees the request. */
export type Script = readonly (Partial<ModelReply> | ((request: ModelRequest) => Partial<ModelReply>))[]

export const call = (name: string, args: JsonObject = {}, id = name) => ({ id, name, args })

export const tool = (about: Partial<Tool> & { name: string; give?: Json }): Tool => ({
  ...{ node: about.name, title: about.name, description: about.name, felt: false, pinned: true },
  args: { type: 'object', properties: { to: { type: 'string' }, n: { type: 'integer' } } },
  call: async () => ({ output: about.give ?? null }),
  ...about,
})

/** An agent that remembers, from one run to the next, what it has done: as after a crash or an answer. */
export function agent(script: Script, about: { tools?: readonly Tool[]; task?: Partial<Task> } = {}) {
  const asked: ModelRequest[] = []
  const used: { name: string; args: JsonObject }[] = []
  const questions: Question[] = []
  const streamed: string[] = []
  const answers = new Map<string, Answer>()
  const records = new Map<string, Json>()
  const subSteps: SubStep[] = []
  const recorded = async (name: string, work: () => Promise<Json>) => {
    const before = records.get(name)
    if (before !== undefined) return before
    const output = await work()
    records.set(name, output)
    return output
  }
  const means: AgentMeans = {
    ...noMeans,
    here: { node: 'helper', outside: () => false },
    step: (subStep, work) => {
      subSteps.push(subStep)
      return recorded(subStep.name, async () => {
        const { output } = await work({
          idempotencyKey: subStep.name,
          signal: new AbortController().signal,
        })
        return output
      })
    },
    model: async (request) => {
      const next = script[asked.length]
      asked.push(structuredClone({ ...request, onText: undefined }))
      if (!next) throw new Error('The script has no further reply')
      const reply = typeof next === 'function' ? next(request) : next
      const { text = '', calls = [] } = reply
      if (text !== '') request.onText?.(text)
      return { text, calls, stop: calls.length > 0 ? 'tools' : 'end', usage, ...reply }
    },
    stream: (text) => streamed.push(text),
    ask: async (question) => {
      const answer = answers.get(question.name)
      if (answer) return answer
      questions.push(question)
      throw new Suspended()
    },
    tools: (about.tools ?? []).map((one) => ({
      ...one,
      call: async (given) => {
        const output = await recorded(given.name, async (): Promise<Json> => {
          used.push(given)
          const result = await one.call(given)
          return 'output' in result ? { output: result.output } : { failure: { ...result.failure } }
        })
        return resultFrom(output)
      },
    })),
  }
  const task: Task = {
    request: { choices: [{ connection: 'c', model: 'm' }], maxTokens: 100 },
    history: [],
    message: 'Do it',
    wanted: { kind: 'text' },
    limits: { steps: 10, tokens: 100_000 },
    tainted: false,
    ...about.task,
  }
  return {
    asked,
    used,
    questions,
    streamed,
    records,
    subSteps,
    answer: (name: string, value: Json) =>
      answers.set(name, { status: 'answered', value, by: 'ada', atMs: 0 }),
    expire: (name: string) => answers.set(name, { status: 'expired' }),
    run: () => runAgent(task, means),
    /** The code it fails with. */
    fails: () =>
      runAgent(task, means).then(
        () => null,
        (error: unknown) => (error instanceof StepFailure ? error.failure.code : error),
      ),
  }
}

function resultFrom(output: Json): Awaited<ReturnType<Tool['call']>> {
  if (typeof output !== 'object' || output === null || Array.isArray(output)) throw new Error('Not a result')
  const { failure } = output
  if (typeof failure === 'object' && failure !== null && !Array.isArray(failure))
    return { failure: { code: String(failure.code), message: String(failure.message) } }
  return { output: output.output ?? null }
}

import {
  fail,
  type Json,
  type Means,
  type ModelMessage,
  type ModelReply,
  type ModelRequest,
} from '../kit/index.ts'
import { readAnswer, refuseUnfinished, repairOf, type Wanted } from './answer.ts'
import { type Limits, nothingSpent, type Spent, spentAfter, stopAtLimit } from './budget.ts'
import { callTools, type Used } from './call-tools.ts'
import { beginning } from './prompt.ts'
import { replyFrom, toRecord } from './recorded.ts'

/** What an agent is to do. */
export interface Task {
  request: Pick<ModelRequest, 'choices' | 'system' | 'maxTokens' | 'temperature'>
  history: readonly ModelMessage[]
  message: string
  wanted: Wanted
  limits: Limits
  /** Whether words of people outside are in what it is told. */
  tainted: boolean
}

export type AgentMeans = Pick<Means, 'step' | 'ask' | 'model' | 'stream' | 'tools' | 'here'>

export interface Done {
  text: string
  data: Json
  spent: Spent
  used: readonly Used[]
  /** What was said in this step, from the message to the answer. */
  said: readonly ModelMessage[]
}

/**
 * Asks the model, uses the tools it asks for, and asks again until it answers. Every call is a sub-step, so that the
 * same loop, run again after a crash or an approval, comes by what is recorded to where it was.
 */
export async function runAgent(task: Task, means: AgentMeans): Promise<Done> {
  const said: ModelMessage[] = [{ role: 'user', text: task.message }]
  const used: Used[] = []
  let spent = nothingSpent
  let tainted = task.tainted
  let isRepair = false
  for (;;) {
    stopAtLimit(task.limits, spent)
    const reply = await askModel({ task, said, turn: spent.steps }, means)
    spent = spentAfter(spent, reply.usage)
    refuseUnfinished(reply)
    said.push(assistant(reply))
    if (reply.calls.length > 0) {
      const turn = await callTools({
        ...{ calls: reply.calls, first: used.length, tainted, tools: means.tools, means },
      })
      used.push(...turn)
      said.push({ role: 'tool', results: turn.map(resultOf) })
      tainted ||= turn.some(({ ran }) => ran)
      continue
    }
    const answer = readAnswer(reply, task.wanted)
    if ('data' in answer) return { text: reply.text, data: answer.data, spent, used, said }
    if (isRepair || task.wanted.kind === 'text')
      throw fail(
        'invalid_answer',
        `The answer does not fit the output asked for: ${answer.wrong.join('; ')}.`,
      )
    isRepair = true
    said.push({ role: 'user', text: repairOf(answer.wrong, task.wanted.schema) })
  }
}

async function askModel(
  { task, said, turn }: { task: Task; said: readonly ModelMessage[]; turn: number },
  means: AgentMeans,
): Promise<ModelReply> {
  const { choices } = task.request
  const model = choices[0]?.model ?? ''
  const recorded = await means.step(
    {
      name: `model[${turn}]`,
      kind: 'model',
      title: model,
      input: { model, newest: beginning(textOf(said.at(-1))) },
    },
    async () => {
      const reply = await means.model({
        ...task.request,
        messages: [...task.history, ...said],
        ...(means.tools.length === 0
          ? {}
          : { tools: means.tools.map(({ name, description, args }) => ({ name, description, args })) }),
        ...(task.wanted.kind === 'json'
          ? { schema: task.wanted.schema }
          : { onText: (delta: string) => means.stream(delta) }),
      })
      // What it says before it uses a tool, and what it says after, are two things to who reads along.
      if (task.wanted.kind === 'text' && reply.text !== '' && reply.calls.length > 0) means.stream('\n\n')
      return { output: toRecord(reply), usage: reply.usage }
    },
  )
  return replyFrom(recorded)
}

const assistant = ({ text, calls, kept }: ModelReply): ModelMessage => ({
  ...{ role: 'assistant', text, calls },
  ...(kept ? { kept } : {}),
})

const resultOf = ({ id, tool, output, failed }: Used) => ({ id, name: tool, output, failed })

function textOf(message: ModelMessage | undefined): string {
  if (!message) return ''
  return message.role === 'tool' ? message.results.map(({ output }) => output).join('\n') : message.text
}

import {
  isJsonObject,
  isSuspended,
  type Json,
  type JsonObject,
  type Means,
  type Tool,
  type ToolCall,
  z,
} from '../kit/index.ts'
import { misfits } from './fits.ts'
import { asData } from './prompt.ts'
import { approvalFor, type NeededApproval } from './taint.ts'

/** How many tools one reply may use; the rest is told to wait. */
const MOST_AT_ONCE = 10
const MOST_ARGS = 100_000

export interface Turn {
  calls: readonly ToolCall[]
  /** How many calls there were before, in this step. */
  first: number
  tainted: boolean
  tools: readonly Tool[]
  means: Pick<Means, 'ask' | 'here'>
}

/** What came of one call: what the model is told, and what the step's output says of it. */
export interface Used {
  id: string
  tool: string
  args: JsonObject
  /** As the model reads it. */
  output: string
  failed: boolean
  /** Whether the tool ran at all. */
  ran: boolean
}

/** Uses the tools of one reply side by side. What ends the step is thrown, and a question that waits last of all. */
export async function callTools(turn: Turn): Promise<Used[]> {
  const ended = await Promise.allSettled(turn.calls.map((call, at) => callTool(turn, { call, at })))
  const thrown = ended.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  const first = thrown.find((reason) => !isSuspended(reason)) ?? thrown[0]
  if (first !== undefined) throw first
  return ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

async function callTool(turn: Turn, { call, at }: { call: ToolCall; at: number }): Promise<Used> {
  const refused = (why: string): Used => ({
    ...{ id: call.id, tool: call.name.slice(0, 100), args: {}, output: why, failed: true, ran: false },
  })
  const tool = turn.tools.find(({ name }) => name === call.name)
  if (!tool) return refused(`There is no tool ${call.name.slice(0, 100)}. There are: ${namesOf(turn.tools)}.`)
  if (at >= MOST_AT_ONCE)
    return refused(`At most ${MOST_AT_ONCE} tools at once. Use this one in a later reply.`)
  const wrong = wrongOf(call, tool)
  if (wrong !== null) return refused(wrong)
  const number = turn.first + at
  const needed = approvalFor(tool, turn.tainted)
  const allowed = needed ? await approved(turn, { tool, call, number, needed }) : { args: call.args }
  if ('refusal' in allowed) return refused(allowed.refusal)
  const result = await tool.call({ name: `tool[${number}].${tool.name}`, args: allowed.args })
  const failed = 'failure' in result
  const output = failed
    ? asData(tool.name, `It failed with ${result.failure.code}: ${result.failure.message}`)
    : asData(tool.name, result.output)
  const note = 'note' in allowed && allowed.note !== undefined ? `${allowed.note}\n` : ''
  return { id: call.id, tool: tool.name, args: allowed.args, output: note + output, failed, ran: true }
}

/** What is wrong with the arguments, in words for the model. They are data: nothing in them is computed. */
function wrongOf({ args, unreadable }: Pick<ToolCall, 'args' | 'unreadable'>, tool: Tool): string | null {
  if (unreadable !== undefined) return 'The arguments were no JSON object. Call the tool again with one.'
  if (JSON.stringify(args).length > MOST_ARGS) return `The arguments are longer than ${MOST_ARGS} characters.`
  const strict = { type: 'object', additionalProperties: false, ...tool.args }
  const wrong = misfits(args, strict)
  return wrong.length === 0 ? null : `The arguments do not fit: ${wrong.join('; ')}.`
}

const Decision = z.object({
  approved: z.boolean(),
  comment: z.string().optional(),
  data: z.unknown().optional(),
})

async function approved(
  { means }: Turn,
  about: { tool: Tool; call: ToolCall; number: number; needed: NeededApproval },
): Promise<{ args: JsonObject; note?: string } | { refusal: string }> {
  const { tool, call, number, needed } = about
  const answer = await means.ask({
    name: `approval[${number}].${tool.name}`,
    kind: 'approval',
    title: tool.title,
    role: needed.role,
    request: {
      // That an agent wants to use the tool is said by who shows `tool`.
      ...(needed.why === 'maker' ? {} : { message: LOOK_CLOSELY }),
      data: call.args,
      editable: true,
      tool: { node: tool.node, name: tool.name, agent: means.here.node },
    },
  })
  if (answer.status === 'expired') return { refusal: 'Nobody decided in time, so it was not done.' }
  const decision = Decision.safeParse(answer.value)
  if (!decision.success) return { refusal: 'It was not allowed.' }
  const { comment = '', data } = decision.data
  const said = comment.trim() === '' ? '' : ` They said: ${comment.trim().slice(0, 2_000)}`
  if (!decision.data.approved) return { refusal: `A person did not allow this.${said}` }
  const edited = editedArgs(answer.value)
  if (data === undefined || edited === null || isSame(edited, call.args))
    return { args: call.args, ...(said === '' ? {} : { note: `A person allowed it.${said}` }) }
  const wrong = wrongOf({ args: edited }, tool)
  if (wrong !== null) return { refusal: `A person changed the arguments, and they do not fit. ${wrong}` }
  return { args: edited, note: `A person changed the arguments to ${JSON.stringify(edited)}.${said}` }
}

const LOOK_CLOSELY =
  'The agent has read words of people outside, and chose itself where this goes: look closely.'

const editedArgs = (value: Json): JsonObject | null =>
  isJsonObject(value) && isJsonObject(value.data) ? value.data : null

const isSame = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other)

const namesOf = (tools: readonly Tool[]) => tools.map(({ name }) => name).join(', ') || 'none'

import { fail, type Json, type JsonSchema, type ModelReply } from '../kit/index.ts'
import { misfits } from './fits.ts'

/** What the maker wants the answer to be. */
export type Wanted = { kind: 'text' } | { kind: 'json'; schema: JsonSchema }

/** Throws where there is no whole answer. */
export function refuseUnfinished({ stop, text }: ModelReply): void {
  if (stop === 'refused') {
    const said = text.trim() === '' ? '' : ` It said: ${text.trim().slice(0, 300)}`
    throw fail('model_refused', `The model refused to answer.${said}`)
  }
  if (stop === 'length')
    throw fail(
      'answer_cut',
      'The answer was cut: it needs more tokens than a reply may have. Raise the tokens of a reply, or ask for less.',
    )
}

/** The data of a final reply, or what is wrong with it. */
export function readAnswer(reply: ModelReply, wanted: Wanted): { data: Json } | { wrong: string[] } {
  if (wanted.kind === 'text') return { data: null }
  const data = reply.data === undefined ? jsonIn(reply.text) : reply.data
  if (data === undefined) return { wrong: ['The answer is not JSON'] }
  const wrong = misfits(data, wanted.schema)
  return wrong.length > 0 ? { wrong } : { data }
}

/** What the model is told once, to put its answer right. */
export const repairOf = (wrong: readonly string[], schema: JsonSchema) =>
  `Your answer does not fit what is asked for: ${wrong.join('; ')}. Answer again, with nothing but JSON of this JSON Schema: ${JSON.stringify(schema)}`

/** JSON in a text that may have a fence around it. */
function jsonIn(text: string): Json | undefined {
  const bare = text
    .trim()
    .replace(/^```(?:json)?\s*\n?/i, '')
    .replace(/\n?```$/, '')
  try {
    const json: Json = JSON.parse(bare)
    return json
  } catch {
    return undefined
  }
}

import { isJsonObject, type Json } from '#nodes/kit/json.ts'

const MOST = 64_000

/** What people read of a workflow's answer: its text, the text in it (an agent's output), or all of it as JSON. */
export function answerText(value: Json | undefined): string {
  return cut(textOf(value))
}

function textOf(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (isJsonObject(value) && typeof value.text === 'string') return value.text
  return isEmpty(value) ? '' : JSON.stringify(value, null, 2)
}

const isEmpty = (value: Json) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

const cut = (text: string) => (text.length > MOST ? `${text.slice(0, MOST)}…` : text)

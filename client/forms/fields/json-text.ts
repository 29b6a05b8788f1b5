import type { Json } from '#nodes/kit/index.ts'
import { asLiteral, hasTag, literalOf } from '../values.ts'

export type JsonReading = { kind: 'value'; value: Json | undefined } | { kind: 'problem'; line: number }

/** Parts that are computed show as they are stored; data that only looks like them shows as data. */
export function writeJsonText(value: Json | undefined): string {
  return value === undefined ? '' : JSON.stringify(literalOf(value), null, 2)
}

/** Nothing written is no value. Where parts were computed before, tags stay tags; elsewhere they are data. */
export function readJsonText(text: string, before: Json | undefined): JsonReading {
  if (text.trim() === '') return { kind: 'value', value: undefined }
  try {
    const value: Json = JSON.parse(text)
    const tagged = before !== undefined && hasTag(before) && literalOf(before) === before
    return { kind: 'value', value: tagged ? value : asLiteral(value) }
  } catch (error) {
    return { kind: 'problem', line: lineOf(text, error instanceof Error ? error.message : '') }
  }
}

/** V8 says where it stopped: by position, by line, or not at all when the text ended too soon. */
function lineOf(text: string, message: string): number {
  const line = /line (\d+)/.exec(message)?.[1]
  if (line) return Number(line)
  const position = /position (\d+)/.exec(message)?.[1]
  return text.slice(0, position ? Number(position) : text.length).split('\n').length
}

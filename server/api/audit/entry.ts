import { z } from 'zod'
import type { Json } from '#nodes/kit/json.ts'
import type { Subject } from '#server/audit/write.ts'
import type { Line } from './lines.ts'

const Fields = z.record(z.string(), z.unknown()).catch({})
const Id = z.string().regex(/^[\w-]{1,100}$/)
const Shown = z.union([
  z.null(),
  z.boolean(),
  z.number(),
  z.string().transform((text) => text.slice(0, 500)),
  z.array(z.union([z.string(), z.number()])).transform((list) => list.slice(0, 50)),
  z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
])

/** What it is about, as far as its input says; the answer says the rest. */
export function subjectIn(line: Line, input: unknown): Omit<Subject, 'name'> {
  const id = Id.safeParse(Fields.parse(input)[line.id ?? 'id'])
  return { kind: line.action.split('.')[0] ?? '', id: id.success ? id.data : null }
}

/** The id of what was made, else of what it was about. */
export function madeId(line: Line, { id, answer }: { id: string | null; answer: unknown }): string | null {
  const made = line.made ? Id.safeParse(Fields.parse(answer)[line.made]) : undefined
  return made?.success ? made.data : id
}

/** The fields that may be shown, and no other. */
export function detailOf(line: Line, input: unknown): { [name: string]: Json } {
  const fields = Fields.parse(input)
  const shown = (line.shown ?? []).flatMap((name): [string, Json][] => {
    const value = Shown.safeParse(fields[name])
    return value.success ? [[name, value.data]] : []
  })
  return Object.fromEntries(shown)
}

/** A new thing is called as its maker wrote. */
export const nameIn = (input: unknown) => z.string().catch('').parse(Fields.parse(input).name)

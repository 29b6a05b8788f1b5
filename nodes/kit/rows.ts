import { fail } from './failure.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** The parameter `rows`: one row as an object, or a list of them. */
export function rowsOf(given: Json, { most }: { most: number }): JsonObject[] {
  const rows = Array.isArray(given) ? given : [given]
  if (rows.length > most) throw fail('invalid_params', `rows: At most ${most} rows at once.`)
  return rows.map((row) => {
    if (isJsonObject(row)) return row
    throw fail('invalid_params', 'rows: Give an object, or a list of objects, with the columns as keys.')
  })
}

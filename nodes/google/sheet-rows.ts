import { fail, type Http, type Json, type JsonObject } from '../kit/index.ts'
import { callGoogle, sheetsUrl } from './call.ts'
import { a1, type inputOption } from './sheet-address.ts'

/** Written at once. */
export const mostRows = 10_000

export interface Place {
  http: Http
  id: string
  sheet: string
}

type Input = (typeof inputOption)[keyof typeof inputOption]

/** The values of a range, as lists; what is empty at the end of a row or at the end of the sheet is not there. */
export async function valuesOf(
  { http, id }: Pick<Place, 'http' | 'id'>,
  about: { range: string; show?: string },
): Promise<Json[][]> {
  const query = new URLSearchParams({
    majorDimension: 'ROWS',
    valueRenderOption: about.show ?? 'UNFORMATTED_VALUE',
    dateTimeRenderOption: 'FORMATTED_STRING',
  })
  const url = `${sheetsUrl}/${id}/values/${encodeURIComponent(about.range)}?${query}`
  const { values } = await callGoogle(http, { url })
  return Array.isArray(values) ? values.map((row) => (Array.isArray(row) ? row : [])) : []
}

/** The names in the first row. Where the sheet is empty they are those of the rows, and are written. */
export async function headerFor(
  place: Place,
  about: { rows: readonly JsonObject[]; input: Input },
): Promise<string[]> {
  const [first = []] = await valuesOf(place, { range: a1(place.sheet, '1:1') })
  const names = first.map((cell) => String(cell ?? ''))
  if (names.some((name) => name !== '')) return names
  const made = [...new Set(about.rows.flatMap((row) => Object.keys(row)))]
  if (made.length > 0)
    await write(place, { range: a1(place.sheet, 'A1'), values: [made], input: about.input })
  return made
}

/** The cells of a row in the header's order. A key that is no column is refused, never dropped. */
export function cellsOf(row: JsonObject, header: readonly string[]): Json[] {
  const unknown = Object.keys(row).find((key) => !header.includes(key))
  if (unknown !== undefined)
    throw fail(
      'unknown_column',
      `The sheet has no column “${unknown.slice(0, 100)}”. It has ${header.filter(Boolean).join(', ').slice(0, 300)}.`,
    )
  return header.map((name) => (Object.hasOwn(row, name) ? cellOf(row[name] ?? null) : null))
}

/** A cell holds text, a number or yes and no. */
export function cellOf(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value
  return JSON.stringify(value)
}

export async function write(
  { http, id }: Pick<Place, 'http' | 'id'>,
  about: { range: string; values: Json[][]; input: Input },
): Promise<JsonObject> {
  return callGoogle(http, {
    method: 'PUT',
    url: `${sheetsUrl}/${id}/values/${encodeURIComponent(about.range)}?valueInputOption=${about.input}`,
    body: { range: about.range, majorDimension: 'ROWS', values: about.values },
  })
}

export async function append(
  { http, id, sheet }: Place,
  about: { values: Json[][]; input: Input },
): Promise<JsonObject> {
  const query = new URLSearchParams({ valueInputOption: about.input, insertDataOption: 'INSERT_ROWS' })
  return callGoogle(http, {
    method: 'POST',
    url: `${sheetsUrl}/${id}/values/${encodeURIComponent(a1(sheet, 'A1'))}:append?${query}`,
    body: { majorDimension: 'ROWS', values: about.values },
  })
}

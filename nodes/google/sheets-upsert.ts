import { defineNode, fail, Json, type JsonObject, rowsOf, z } from '../kit/index.ts'
import { callGoogle, sheetsUrl } from './call.ts'
import { a1, columnName, inputOption, Sheet, Spreadsheet, spreadsheetId, Typed } from './sheet-address.ts'
import { append, cellsOf, headerFor, mostRows, type Place, valuesOf } from './sheet-rows.ts'

export const sheetsUpsert = defineNode({
  id: 'sheets.upsert',
  version: 1,
  title: 'Add or change rows of a Google sheet',
  summary: 'Changes the row that has the same value in a column, and adds one where there is none.',
  group: 'app',
  icon: 'table',
  line: 'Add or change rows of {sheet} by {key}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'idempotent',
  destination: ['spreadsheet', 'sheet'],
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    spreadsheet: Spreadsheet,
    sheet: Sheet,
    key: z.string().min(1).max(200).meta({
      title: 'Same by',
      description: 'The column that tells rows apart.',
      placeholder: 'email',
    }),
    rows: Json.meta({
      title: 'Rows',
      description: 'An object, or a list of them. Columns they do not name stay as they are.',
      widget: 'json',
    }),
    values: Typed,
  }),
  output: z.object({
    changed: z.number().meta({ title: 'Rows changed' }),
    added: z.number().meta({ title: 'Rows added' }),
  }),
  async run({ params, http }) {
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { changed: 0, added: 0 }
    const input = inputOption[params.values]
    const place = { http, id: spreadsheetId(params.spreadsheet), sheet: params.sheet }
    const header = await headerFor(place, { rows, input })
    const split = await sorted(place, { rows, header, key: params.key })
    if (split.changes.length > 0) await change(place, { changes: split.changes, input })
    const values = split.additions.map((row) => cellsOf(row, header))
    if (values.length > 0) await append(place, { values, input })
    return { changed: split.changed, added: values.length }
  },
  examples: [
    {
      title: 'Keep a customer up to date',
      params: {
        spreadsheet: '1AbCdEfGhIjKlMnOp',
        sheet: 'People',
        key: 'email',
        rows: { email: 'ada@example.com', plan: 'pro' },
      },
      replies: {
        "GET https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'People'!1%3A1?majorDimension=ROWS&valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING":
          { status: 200, headers: {}, body: { values: [['email', 'plan']] } },
        "GET https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'People'!A%3AA?majorDimension=ROWS&valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING":
          { status: 200, headers: {}, body: { values: [['email'], ['ada@example.com']] } },
        'POST https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values:batchUpdate': {
          status: 200,
          headers: {},
          body: { totalUpdatedCells: 2 },
        },
      },
      output: { changed: 1, added: 0 },
    },
  ],
})

interface Change {
  range: string
  value: Json
}

/** Which rows are there already, and which are new. Of two with the same key the last says how it is. */
async function sorted(
  place: Place,
  { rows, header, key }: { rows: readonly JsonObject[]; header: readonly string[]; key: string },
) {
  const column = header.indexOf(key)
  if (column < 0) throw fail('unknown_column', `The sheet has no column “${key}”.`)
  const name = columnName(column)
  const cells = await valuesOf(place, { range: a1(place.sheet, `${name}:${name}`) })
  const rowOf = new Map(
    cells
      .map(([cell], at) => [String(cell ?? ''), at + 1] as const)
      .slice(1)
      .reverse(),
  )
  const latest = new Map(rows.map((row) => [keyIn(row, key), row] as const))
  const changes: Change[] = []
  const additions: JsonObject[] = []
  for (const [value, row] of latest) {
    const at = rowOf.get(value)
    if (at === undefined) additions.push(row)
    else changes.push(...changesOf(row, { header, at, sheet: place.sheet }))
  }
  return { changes, additions, changed: latest.size - additions.length }
}

function keyIn(row: JsonObject, key: string): string {
  const value = Object.hasOwn(row, key) ? row[key] : undefined
  if (value === undefined || value === null || value === '')
    throw fail('invalid_params', `rows: Every row needs a value for “${key}”.`)
  return String(value)
}

/** Cell by cell, so that a column that is not named, or has a formula, stays. */
function changesOf(
  row: JsonObject,
  about: { header: readonly string[]; at: number; sheet: string },
): Change[] {
  const cells = cellsOf(row, about.header)
  return about.header.flatMap((name, column) =>
    Object.hasOwn(row, name)
      ? [{ range: a1(about.sheet, `${columnName(column)}${about.at}`), value: cells[column] ?? null }]
      : [],
  )
}

async function change({ http, id }: Place, { changes, input }: { changes: Change[]; input: string }) {
  await callGoogle(http, {
    method: 'POST',
    url: `${sheetsUrl}/${id}/values:batchUpdate`,
    body: {
      valueInputOption: input,
      data: changes.map(({ range, value }) => ({ range, majorDimension: 'ROWS', values: [[value]] })),
    },
  })
}

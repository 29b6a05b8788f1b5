import { defineNode, fail, Json, z } from '../kit/index.ts'
import { a1, inputOption, Range, Sheet, Spreadsheet, spreadsheetId, Typed } from './sheet-address.ts'
import { cellOf, write } from './sheet-rows.ts'

export const sheetsUpdate = defineNode({
  id: 'sheets.update',
  version: 1,
  title: 'Write cells of a Google sheet',
  summary: 'Puts values into a range, over what is there.',
  group: 'app',
  icon: 'table',
  line: 'Write {range} of {sheet}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'idempotent',
  destination: ['spreadsheet', 'sheet', 'range'],
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    spreadsheet: Spreadsheet,
    sheet: Sheet,
    range: Range.min(1).meta({
      title: 'Range',
      description: 'Where it begins, such as B2; or all of it, such as B2:C3.',
      placeholder: 'B2',
    }),
    cells: Json.meta({
      title: 'Values',
      description: 'A list of rows, each a list of values. One value alone is one cell.',
      placeholder: '[["mug", 12.5]]',
      widget: 'json',
    }),
    values: Typed,
  }),
  output: z.object({
    range: z.string().meta({ title: 'Range' }),
    count: z.number().meta({ title: 'Cells' }),
  }),
  async run({ params, http }) {
    const { spreadsheet, sheet, range, values, cells } = params
    const reply = await write(
      { http, id: spreadsheetId(spreadsheet) },
      { range: a1(sheet, range), values: rowsOf(cells), input: inputOption[values] },
    )
    return { range: String(reply.updatedRange ?? ''), count: Number(reply.updatedCells ?? 0) }
  },
  examples: [
    {
      title: 'One cell',
      params: { spreadsheet: '1AbCdEfGhIjKlMnOp', sheet: 'Stock', range: 'B2', cells: 7 },
      replies: {
        "PUT https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'Stock'!B2?valueInputOption=RAW":
          { status: 200, headers: {}, body: { updatedRange: 'Stock!B2', updatedCells: 1 } },
      },
      output: { range: 'Stock!B2', count: 1 },
    },
  ],
})

const MOST_ROWS = 10_000

function rowsOf(cells: Json): Json[][] {
  if (!Array.isArray(cells)) return [[cellOf(cells)]]
  const rows = cells.map((row) => (Array.isArray(row) ? row.map(cellOf) : null))
  const whole = rows.filter((row) => row !== null)
  if (whole.length === rows.length && rows.length <= MOST_ROWS) return whole
  throw fail('invalid_params', `cells: Give a list of at most ${MOST_ROWS} rows, each a list of values.`)
}

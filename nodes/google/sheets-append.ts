import { defineNode, Json, rowsOf, sendOnce, z } from '../kit/index.ts'
import { inputOption, Sheet, Spreadsheet, spreadsheetId, Typed } from './sheet-address.ts'
import { append, cellsOf, headerFor, mostRows } from './sheet-rows.ts'

export const sheetsAppend = defineNode({
  id: 'sheets.append',
  version: 1,
  title: 'Add rows to a Google sheet',
  summary: 'Writes new rows under those that are there, each value in the column of its name.',
  group: 'app',
  icon: 'table',
  line: 'Add rows to {sheet}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'once',
  destination: ['spreadsheet', 'sheet'],
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    spreadsheet: Spreadsheet,
    sheet: Sheet,
    rows: Json.meta({
      title: 'Rows',
      description: 'An object, or a list of them, with the names in the first row as keys.',
      placeholder: '[{ "name": "Ada", "total": 12 }]',
      widget: 'json',
    }),
    values: Typed,
  }),
  output: z.object({
    range: z.string().meta({ title: 'Range' }),
    count: z.number().meta({ title: 'Rows' }),
  }),
  async run({ params, http }) {
    const rows = rowsOf(params.rows, { most: mostRows })
    if (rows.length === 0) return { range: '', count: 0 }
    const input = inputOption[params.values]
    const place = { http, id: spreadsheetId(params.spreadsheet), sheet: params.sheet }
    const header = await headerFor(place, { rows, input })
    const values = rows.map((row) => cellsOf(row, header))
    const { updates } = await append({ ...place, http: sendOnce(http) }, { values, input })
    const range =
      typeof updates === 'object' && updates && 'updatedRange' in updates ? updates.updatedRange : ''
    return { range: String(range), count: rows.length }
  },
  examples: [
    {
      title: 'Keep a lead',
      params: {
        spreadsheet: '1AbCdEfGhIjKlMnOp',
        sheet: 'Leads',
        rows: [{ name: 'Ada', email: 'ada@example.com' }],
      },
      replies: {
        "GET https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'Leads'!1%3A1?majorDimension=ROWS&valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING":
          { status: 200, headers: {}, body: { values: [['name', 'email', 'state']] } },
        "POST https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'Leads'!A1:append?valueInputOption=RAW&insertDataOption=INSERT_ROWS":
          { status: 200, headers: {}, body: { updates: { updatedRange: 'Leads!A2:C2', updatedRows: 1 } } },
      },
      output: { range: 'Leads!A2:C2', count: 1 },
    },
  ],
})

import { defineNode, type Json, JsonObject, z } from '../kit/index.ts'
import { a1, Range, Sheet, Spreadsheet, spreadsheetId } from './sheet-address.ts'
import { valuesOf } from './sheet-rows.ts'

const show = { values: 'UNFORMATTED_VALUE', shown: 'FORMATTED_VALUE', formulas: 'FORMULA' } as const

export const sheetsRead = defineNode({
  id: 'sheets.read',
  version: 1,
  title: 'Read a Google sheet',
  summary: 'Gets the rows of a sheet, each as an object with the names in the first row.',
  group: 'app',
  icon: 'table',
  line: 'Read {sheet}',
  connection: { kinds: ['google.oauth'], required: true },
  effect: 'read',
  retry: { attempts: 3, delayMs: 2_000 },
  params: z.object({
    spreadsheet: Spreadsheet,
    sheet: Sheet,
    range: Range.default('').meta({
      title: 'Range',
      description: 'Such as A1:D20; empty for the whole sheet. Its first row has the names.',
      placeholder: 'A1:D20',
    }),
    values: z
      .enum(['values', 'shown', 'formulas'])
      .default('values')
      .meta({
        title: 'Give',
        options: { values: 'Values', shown: 'What the sheet shows', formulas: 'Formulas' },
      }),
    most: z.int().min(1).max(10_000).default(1_000).meta({ title: 'At most', description: 'Rows.' }),
  }),
  output: z.object({
    rows: z.array(JsonObject).meta({ title: 'Rows' }),
    columns: z.array(z.string()).meta({ title: 'Columns' }),
    more: z.boolean().meta({ title: 'There are more' }),
  }),
  async run({ params, http }) {
    const { spreadsheet, sheet, range, values, most } = params
    const place = { http, id: spreadsheetId(spreadsheet) }
    const [header = [], ...cells] = await valuesOf(place, { range: a1(sheet, range), show: show[values] })
    const columns = header.map((name) => String(name ?? ''))
    const rows = cells.slice(0, most).map((row) => objectOf(columns, row))
    return { rows, columns: columns.filter((name) => name !== ''), more: cells.length > most }
  },
  examples: [
    {
      title: 'Prices',
      params: { spreadsheet: '1AbCdEfGhIjKlMnOp', sheet: 'Prices' },
      replies: {
        "GET https://sheets.googleapis.com/v4/spreadsheets/1AbCdEfGhIjKlMnOp/values/'Prices'?majorDimension=ROWS&valueRenderOption=UNFORMATTED_VALUE&dateTimeRenderOption=FORMATTED_STRING":
          {
            status: 200,
            headers: {},
            body: { range: 'Prices!A1:B3', values: [['sku', 'price'], ['mug', 12.5], ['cup']] },
          },
      },
      output: {
        rows: [
          { sku: 'mug', price: 12.5 },
          { sku: 'cup', price: null },
        ],
        columns: ['sku', 'price'],
        more: false,
      },
    },
  ],
})

/** A column without a name has no place in an object. */
function objectOf(columns: readonly string[], row: readonly Json[]): z.output<typeof JsonObject> {
  return Object.fromEntries(
    columns.flatMap((name, at) => (name === '' ? [] : [[name, row[at] === '' ? null : (row[at] ?? null)]])),
  )
}

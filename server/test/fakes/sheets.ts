import { type FakeCall, type FakeReply, jsonOf } from './fake.ts'

type Cell = string | number | boolean | null

/** Spreadsheets by ID, each with sheets by name. */
export function sheetsDrive() {
  const books = new Map<string, Map<string, Cell[][]>>()

  function make(id: string, sheets: Record<string, Cell[][]>) {
    books.set(id, new Map(Object.entries(sheets)))
  }

  function answer(call: FakeCall): FakeReply | null {
    const [, id = '', verb = '', range = ''] =
      /^\/v4\/spreadsheets\/([\w-]+)\/values(:batchUpdate|\/)(.*)$/.exec(call.path) ?? []
    const book = books.get(id)
    if (!book) return null
    if (verb === ':batchUpdate') return call.method === 'POST' ? batch(book, jsonOf(call)) : null
    const append = range.endsWith(':append')
    const place = placeOf(book, decodeURIComponent(append ? range.slice(0, -7) : range))
    if (!place) return bad(`Unable to parse range: ${range}`)
    if (append) return call.method === 'POST' ? appendTo(place, call) : null
    if (call.method === 'GET') return read(place)
    return call.method === 'PUT' ? update(place, call) : null
  }

  return { answer, make, books }
}

interface Place {
  name: string
  rows: Cell[][]
  from: { row: number; column: number }
  to: { row: number; column: number }
}

const MOST = 1_000

/** `'It''s'!A1:B2` as numbers; the name must be quoted or plain, the range is optional. */
function placeOf(book: Map<string, Cell[][]>, written: string): Place | null {
  const [, quoted, plain, range = ''] = /^(?:'((?:[^']|'')+)'|(\w+))(?:!(.+))?$/.exec(written) ?? []
  const name = quoted?.replaceAll("''", "'") ?? plain ?? ''
  const rows = book.get(name)
  if (!rows) return null
  const [first = '', last = first] = range.split(':')
  const from = cellOf(first, { row: 0, column: 0 })
  const to = range === '' ? { row: MOST, column: 100 } : cellOf(last, { row: MOST, column: 100 })
  return from && to ? { name, rows, from, to } : null
}

function cellOf(text: string, open: { row: number; column: number }) {
  const found = /^([A-Z]*)(\d*)$/.exec(text)
  if (!found) return null
  const [, letters = '', digits = ''] = found
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
  return { row: digits === '' ? open.row : Number(digits) - 1, column: letters === '' ? open.column : column }
}

function read({ rows, from, to, name }: Place): FakeReply {
  const cut = rows.slice(from.row, to.row + 1).map((row) => trimmed(row.slice(from.column, to.column + 1)))
  while (cut.at(-1)?.length === 0) cut.pop()
  // As Google's: no `values` when there are none.
  return { json: { range: name, majorDimension: 'ROWS', ...(cut.length > 0 ? { values: cut } : {}) } }
}

function trimmed(row: Cell[]): Cell[] {
  const copy = row.map((cell) => cell ?? '')
  while (copy.at(-1) === '') copy.pop()
  return copy
}

function valuesIn(body: Record<string, unknown> | undefined): Cell[][] | null {
  const { values } = body ?? {}
  if (!Array.isArray(values) || !values.every((row) => Array.isArray(row) && row.every(isCell))) return null
  return values
}
const isCell = (cell: unknown) => cell === null || ['string', 'number', 'boolean'].includes(typeof cell)

function put({ rows, from }: Place, values: Cell[][]): number {
  let count = 0
  values.forEach((row, down) => {
    row.forEach((cell, right) => {
      // Null leaves a cell as it is.
      if (cell === null) return
      const at = from.row + down
      while (rows.length <= at) rows.push([])
      const target = rows[at] ?? []
      target[from.column + right] = cell
      count += 1
    })
  })
  return count
}

const inputOptions = ['RAW', 'USER_ENTERED']

function update(place: Place, call: FakeCall): FakeReply {
  const values = valuesIn(jsonOf(call))
  if (!values || !inputOptions.includes(call.query.get('valueInputOption') ?? '')) return bad('Invalid value')
  return { json: { updatedRange: place.name, updatedCells: put(place, values) } }
}

function appendTo(place: Place, call: FakeCall): FakeReply {
  const values = valuesIn(jsonOf(call))
  const isWrong = !inputOptions.includes(call.query.get('valueInputOption') ?? '')
  if (!values || isWrong || call.query.get('insertDataOption') !== 'INSERT_ROWS') return bad('Invalid value')
  const row = place.rows.length
  put({ ...place, from: { row, column: 0 } }, values)
  return { json: { updates: { updatedRange: `${place.name}!A${row + 1}`, updatedRows: values.length } } }
}

function batch(book: Map<string, Cell[][]>, body: Record<string, unknown> | undefined): FakeReply {
  const { data, valueInputOption } = body ?? {}
  if (!Array.isArray(data) || !inputOptions.includes(String(valueInputOption))) return bad('Invalid value')
  let count = 0
  for (const one of data) {
    const place = placeOf(book, String(one.range))
    const values = valuesIn(one)
    if (!place || !values) return bad(`Unable to parse range: ${one.range}`)
    count += put(place, values)
  }
  return { json: { totalUpdatedCells: count } }
}

const bad = (message: string): FakeReply => ({
  status: 400,
  json: { error: { code: 400, status: 'INVALID_ARGUMENT', message } },
})

import { type Fake, type FakeCall, type FakeReply, serveFake } from './fake.ts'

export const supabaseFakeKey = 'sb_secret_fake_CANARY_0123456789'

type Row = Record<string, unknown>

interface FakeTable {
  /** Names of its columns; the first is its key. */
  columns: readonly string[]
  unique?: readonly string[]
  rows: Row[]
}

export interface FakeSupabase extends Fake {
  tables: Map<string, FakeTable>
}

/** A project's PostgREST: strict about keys, media types, columns, `Prefer`, and rows that differ in shape. */
export async function fakeSupabase(tables: Record<string, FakeTable>): Promise<FakeSupabase> {
  const all = new Map(Object.entries(tables))
  const fake = await serveFake((call) => {
    const { headers } = call
    if (headers.apikey !== supabaseFakeKey)
      return { status: 401, json: { message: 'Invalid API key', hint: 'Double check your API key.' } }
    if (headers.authorization !== `Bearer ${supabaseFakeKey}`)
      return { status: 401, json: { message: 'Expected 3 parts in JWT; got 1', code: 'PGRST301' } }
    if (call.path === '/auth/v1/settings') return { json: { external: {} } }
    const [, path = ''] = /^\/rest\/v1\/(.+)$/.exec(call.path) ?? []
    if (path.startsWith('rpc/')) return rpc(path.slice(4), call)
    const table = all.get(path)
    if (!table)
      return failure(404, 'PGRST205', `Could not find the table 'public.${path}' in the schema cache`)
    return answer(table, call)
  })
  return { ...fake, tables: all }
}

function answer(table: FakeTable, call: FakeCall): FakeReply {
  const filters = filtersIn(table, call.query)
  if (!Array.isArray(filters)) return filters
  const found = table.rows.filter((row) => filters.every((fits) => fits(row)))
  const prefer = new Set((call.headers.prefer?.toString() ?? '').split(','))
  switch (call.method) {
    case 'GET':
      return select(table, { found, query: call.query, prefer })
    case 'POST':
      return insert(table, { call, prefer })
    case 'PATCH': {
      const values = bodyOf(call)
      if (!isRow(values)) return failure(400, 'PGRST102', 'Empty or invalid json')
      const wrong = unknownColumn(table, [values])
      if (wrong) return wrong
      for (const row of found) Object.assign(row, values)
      return represented(200, { rows: found, prefer })
    }
    case 'DELETE':
      if (filters.length === 0) return failure(400, '21000', 'DELETE requires a WHERE clause')
      table.rows = table.rows.filter((row) => !found.includes(row))
      return represented(200, { rows: found, prefer })
  }
  return failure(405, 'PGRST117', 'Unsupported HTTP method')
}

function select(
  table: FakeTable,
  { found, query, prefer }: { found: Row[]; query: URLSearchParams; prefer: Set<string> },
): FakeReply {
  const columns = query.get('select') ?? '*'
  const names = columns === '*' ? table.columns : columns.split(',')
  const unknown = names.find((name) => !table.columns.includes(name))
  if (unknown) return failure(400, '42703', `column ${unknown} does not exist`)
  const [order = '', direction] = (query.get('order') ?? '').split('.')
  const sorted = order === '' ? found : found.toSorted((one, other) => compare(one[order], other[order]))
  if (direction === 'desc') sorted.reverse()
  const from = Number(query.get('offset') ?? 0)
  const rows = sorted.slice(from, from + Number(query.get('limit') ?? 1_000))
  const total = prefer.has('count=exact') ? found.length : '*'
  return {
    headers: { 'content-range': `${rows.length === 0 ? '*' : `${from}-${from + rows.length - 1}`}/${total}` },
    json: rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))),
  }
}

function insert(table: FakeTable, { call, prefer }: { call: FakeCall; prefer: Set<string> }): FakeReply {
  const body = bodyOf(call)
  const rows = Array.isArray(body) ? body.filter(isRow) : isRow(body) ? [body] : []
  if (rows.length === 0) return failure(400, 'PGRST102', 'Empty or invalid json')
  const shapes = new Set(rows.map((row) => Object.keys(row).sort().join()))
  if (shapes.size > 1 && !call.query.has('columns'))
    return failure(400, 'PGRST102', 'All object keys must match')
  const wrong = unknownColumn(table, rows)
  if (wrong) return wrong
  const [key = ''] = table.columns
  const on = call.query.get('on_conflict')?.split(',') ?? [key]
  const written: Row[] = []
  for (const row of rows) {
    const present = table.rows.find((one) =>
      on.every((name) => row[name] !== undefined && one[name] === row[name]),
    )
    if (present && prefer.has('resolution=merge-duplicates')) written.push(Object.assign(present, row))
    else if (present && !prefer.has('resolution=ignore-duplicates'))
      return failure(409, '23505', 'duplicate key value violates unique constraint')
    else if (!present) {
      const made = { [key]: table.rows.length + 1, ...row }
      table.rows.push(made)
      written.push(made)
    }
  }
  return represented(201, { rows: written, prefer })
}

type Fits = (row: Row) => boolean
const special = new Set(['select', 'order', 'limit', 'offset', 'on_conflict', 'columns'])

function filtersIn(table: FakeTable, query: URLSearchParams): Fits[] | FakeReply {
  const filters: Fits[] = []
  for (const [column, text] of query) {
    if (special.has(column)) continue
    if (!table.columns.includes(column)) return failure(400, '42703', `column ${column} does not exist`)
    const [op = '', value = ''] = text.split(/\.(.*)/s)
    const fits = operator(op, value)
    if (!fits) return failure(400, 'PGRST100', `"failed to parse filter (${text})"`)
    filters.push((row) => fits(row[column]))
  }
  return filters
}

function operator(op: string, value: string): ((cell: unknown) => boolean) | null {
  switch (op) {
    case 'eq':
      return (cell) => String(cell) === value
    case 'neq':
      return (cell) => String(cell) !== value
    case 'gt':
      return (cell) => Number(cell) > Number(value)
    case 'is':
      return ['null', 'true', 'false', 'unknown'].includes(value)
        ? (cell) => String(cell ?? null) === value
        : null
    case 'in': {
      const list = /^\((?:"((?:[^"\\]|\\.)*)",?)*\)$/.test(value)
        ? [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one = '']) => one.replace(/\\(.)/g, '$1'))
        : null
      return list && ((cell) => list.includes(String(cell)))
    }
  }
  return null
}

function rpc(name: string, call: FakeCall): FakeReply {
  const args = bodyOf(call)
  if (call.method !== 'POST' || !isRow(args)) return failure(400, 'PGRST102', 'Empty or invalid json')
  if (name !== 'add' || typeof args.a !== 'number' || typeof args.b !== 'number')
    return failure(404, 'PGRST202', `Could not find the function public.${name} in the schema cache`)
  return { json: args.a + args.b }
}

function represented(status: number, { rows, prefer }: { rows: Row[]; prefer: Set<string> }): FakeReply {
  return prefer.has('return=representation')
    ? { status, json: rows }
    : { status: status === 200 ? 204 : status }
}

function unknownColumn({ columns }: FakeTable, rows: readonly Row[]): FakeReply | null {
  const unknown = rows.flatMap((row) => Object.keys(row)).find((key) => !columns.includes(key))
  return unknown === undefined ? null : failure(400, 'PGRST204', `Could not find the '${unknown}' column`)
}

const compare = (one: unknown, other: unknown) =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other))
const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function bodyOf({ headers, text }: FakeCall): unknown {
  return headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : undefined
}

const failure = (status: number, code: string, message: string): FakeReply => ({
  status,
  json: { code, message, details: null, hint: null },
})

import { fail, Json, type JsonObject, type Sql, type SqlTable, z } from '../kit/index.ts'

/** Written at once. */
export const mostRows = 1_000

export const Table = z.string().min(1).max(200).meta({
  title: 'Table',
  description: 'With its schema in front, unless that is public.',
  placeholder: 'orders',
})

export const Rows = Json.meta({
  title: 'Rows',
  description: 'An object with the columns as keys, or a list of them.',
  placeholder: '[{ "name": "Ada" }]',
  widget: 'json',
})

export const Reply = z.object({
  rows: z.array(z.record(z.string(), Json)).meta({ title: 'Rows' }),
  count: z.number().meta({ title: 'How many', description: 'Rows given or changed.' }),
})

/** The table of the database's own catalogue with this name: the only names that get into a statement are from there. */
export async function tableNamed(sql: Sql, written: string): Promise<SqlTable> {
  const tables = await sql.tables()
  const found =
    tables.find(({ schema, name }) => `${schema}.${name}` === written) ??
    tables.find(({ schema, name }) => schema === 'public' && name === written)
  if (found) return found
  const some = tables
    .slice(0, 10)
    .map(({ schema, name }) => (schema === 'public' ? name : `${schema}.${name}`))
  throw fail(
    'unknown_table',
    `There is no table “${written.slice(0, 100)}” here${some.length > 0 ? `; there are ${some.join(', ')}` : ''}.`,
  )
}

/** The columns that rows name, in the catalogue's order. A key that is no column is refused, never dropped. */
export function columnsOf(table: SqlTable, rows: readonly JsonObject[]) {
  const named = new Set(rows.flatMap((row) => Object.keys(row)))
  const columns = table.columns.filter(({ name }) => named.delete(name))
  const [unknown] = named
  if (unknown !== undefined) throw noColumn(table, unknown)
  if (columns.length === 0) throw fail('invalid_params', 'rows: They name no column.')
  return columns
}

export function noColumn({ name, columns }: SqlTable, unknown: string) {
  const known = columns.map((column) => column.name).join(', ')
  return fail(
    'unknown_column',
    `The table “${name}” has no column “${unknown.slice(0, 100)}”. It has ${known.slice(0, 400)}.`,
  )
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
export const tableText = ({ schema, name }: SqlTable) => `${quoted(schema)}.${quoted(name)}`

/** `(id, name) VALUES ($1, $2), ($3, DEFAULT)`: what a row does not name gets the column's default. */
export function insertText(columns: SqlTable['columns'], rows: readonly JsonObject[]) {
  const values: Json[] = []
  const tuples = rows.map((row) => {
    const places = columns.map(({ name, type }) => {
      if (!Object.hasOwn(row, name)) return 'DEFAULT'
      values.push(valueFor(type, row[name] ?? null))
      return `$${values.length}`
    })
    return `(${places.join(', ')})`
  })
  if (values.length > 65_535) throw fail('invalid_params', 'rows: Too many values at once. Send fewer rows.')
  const names = columns.map(({ name }) => quoted(name)).join(', ')
  return { text: `(${names}) VALUES ${tuples.join(', ')}`, values }
}

/** JSON columns take any JSON; elsewhere a list is an array of the database's. */
function valueFor(type: string, value: Json): Json {
  return type === 'json' || type === 'jsonb' ? JSON.stringify(value) : value
}

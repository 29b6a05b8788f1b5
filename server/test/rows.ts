import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Table } from './catalogue.ts'

export type Row = Record<string, unknown>
/** One row of each table, by its name. */
export type Rows = Record<string, Row>

// What a table needs beyond its required columns, because a check says so.
const extra: Record<string, Row> = { run: { version: 1 } }

/** A row for a table, made from its catalogue entry: foreign keys point to `parents`, the rest is made up. */
export function madeUpRow(table: Table, parents: Rows): Row {
  const row: Row = {}
  for (const { name, type, required } of table.columns) {
    if (required) row[name] = table.allowed[name] ?? madeUpValue(type)
  }
  for (const key of table.foreignKeys) {
    const parent = parents[key.table]
    key.columns.forEach((column, index) => {
      const referenced = key.references[index]
      if (parent && referenced !== undefined) row[column] = parent[referenced]
    })
  }
  return { ...row, ...extra[table.name] }
}

function madeUpValue(type: string): unknown {
  switch (type) {
    case 'text':
      return randomBytes(8).toString('hex')
    case 'uuid':
      return randomUUID()
    case 'integer':
    case 'bigint':
      return 1
    case 'json':
    case 'jsonb':
      return '{}'
    case 'bytea':
      return randomBytes(32)
    case 'boolean':
      return false
    case 'text[]':
    case 'double precision[]':
      return []
    case 'timestamp with time zone':
    case 'date':
      return new Date()
    default:
      throw new Error(`Say in server/test/rows.ts what a value of type ${type} looks like`)
  }
}

/** The statement that inserts a row, and its values. */
export function insertOf(table: Table, row: Row): { text: string; values: unknown[] } {
  const names = Object.keys(row).map((name) => pg.escapeIdentifier(name))
  const places = names.map((_, index) => `$${index + 1}`)
  const text = `INSERT INTO ${pg.escapeIdentifier(table.name)} (${names}) VALUES (${places})`
  return { text, values: Object.values(row) }
}

/** One row in every table, for one new tenant, past every policy. */
export async function aRowInEach(owner: pg.Pool, all: Table[]): Promise<Rows> {
  const rows: Rows = {}
  for (const table of all) {
    const row = madeUpRow(table, rows)
    const { text, values } = insertOf(table, row)
    // A run that is accepted puts its tenant in line: that row is there already.
    await owner.query(`${text} ON CONFLICT DO NOTHING`, values)
    rows[table.name] = row
  }
  return rows
}

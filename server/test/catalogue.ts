import type pg from 'pg'
import { z } from 'zod'

/** A table as the database's own catalogue describes it. */
export interface Table {
  name: string
  columns: { name: string; type: string; required: boolean }[]
  primaryKey: string[]
  uniqueKeys: string[][]
  foreignKeys: { columns: string[]; table: string; references: string[] }[]
  rowSecurity: boolean
  forced: boolean
  /** For a column with a list of allowed values, the first of them. */
  allowed: Record<string, string>
}

const Row = z.object({
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string(), required: z.boolean() })),
  keys: z.array(z.object({ columns: z.array(z.string()), primary: z.boolean() })),
  foreign: z.array(
    z.object({ columns: z.array(z.string()), table: z.string(), references: z.array(z.string()) }),
  ),
  checks: z.array(z.string()),
  security: z.boolean(),
  forced: z.boolean(),
})

const columnsOf = (table: string, numbers: string) => `
  (SELECT json_agg(a.attname ORDER BY k.position)
   FROM unnest(${numbers}) WITH ORDINALITY k(number, position)
   JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.number)`

const query = `
  SELECT c.relname AS name, c.relrowsecurity AS security, c.relforcerowsecurity AS forced,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL),
       'required', a.attnotnull AND NOT a.atthasdef) ORDER BY a.attnum)
     FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    coalesce((SELECT json_agg(json_build_object('primary', i.indisprimary, 'columns', ${columnsOf('c.oid', 'i.indkey::int2[]')}))
     FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique), '[]') AS keys,
    coalesce((SELECT json_agg(json_build_object('table', f.confrelid::regclass::text,
       'columns', ${columnsOf('f.conrelid', 'f.conkey')}, 'references', ${columnsOf('f.confrelid', 'f.confkey')}))
     FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f'), '[]') AS foreign,
    coalesce((SELECT json_agg(pg_get_constraintdef(k.oid))
     FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c'), '[]') AS checks
  FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
  ORDER BY c.relname`

/** Every table of ours, parents before those that refer to them. */
export async function tables(owner: pg.Pool): Promise<Table[]> {
  const { rows } = await owner.query(query)
  return inOrder(z.array(Row).parse(rows).map(tableFrom))
}

function tableFrom(row: z.infer<typeof Row>): Table {
  return {
    name: row.name,
    columns: row.columns,
    primaryKey: row.keys.find(({ primary }) => primary)?.columns ?? [],
    uniqueKeys: row.keys.filter(({ primary }) => !primary).map(({ columns }) => columns),
    foreignKeys: row.foreign.map((key) => ({ ...key, table: key.table.replaceAll('"', '') })),
    rowSecurity: row.security,
    forced: row.forced,
    allowed: Object.fromEntries(row.checks.flatMap(allowedValue)),
  }
}

/** `CHECK ((method = ANY (ARRAY['GET'::text, …])))` allows GET. */
function allowedValue(check: string): [string, string][] {
  const found = /^CHECK \(\((\w+) = ANY \(ARRAY\['([^']*)'/.exec(check)
  return found ? [[found[1]!, found[2]!]] : []
}

function inOrder(all: Table[]): Table[] {
  const done: Table[] = []
  const visit = (table: Table) => {
    if (done.includes(table)) return
    for (const key of table.foreignKeys) {
      const parent = all.find(({ name }) => name === key.table)
      if (parent && parent !== table) visit(parent)
    }
    done.push(table)
  }
  all.forEach(visit)
  return done
}

import { fail, type Http, type HttpReply, isJsonObject, Json, type JsonObject, z } from '../kit/index.ts'

const name = /^[A-Za-z_][A-Za-z0-9_$]{0,62}$/
/** What PostgREST reads as something else than a column. */
const reserved = new Set(['select', 'order', 'limit', 'offset', 'on_conflict', 'columns', 'and', 'or', 'not'])

export const Table = z
  .string()
  .regex(name, 'The name of a table: letters, digits and _')
  .meta({ title: 'Table', placeholder: 'orders' })

export const Column = z
  .string()
  .regex(name, 'The name of a column: letters, digits and _')
  .refine((written) => !reserved.has(written), 'Supabase has another meaning for this name')

const operators = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'like', 'ilike', 'in', 'is', 'cs'] as const

export const Filters = z.array(
  z.object({
    column: Column.meta({ title: 'Column', placeholder: 'state' }),
    op: z
      .enum(operators)
      .default('eq')
      .meta({
        title: 'Comparison',
        options: {
          eq: 'is',
          neq: 'is not',
          gt: 'is greater than',
          gte: 'is at least',
          lt: 'is less than',
          lte: 'is at most',
          like: 'is like (* for anything)',
          ilike: 'is like, small or capital',
          in: 'is one of',
          is: 'is null, true or false',
          cs: 'contains',
        },
      }),
    value: Json.meta({ title: 'Value' }),
  }),
)
type Filter = z.output<typeof Filters>[number]

export const Values = Json.meta({
  title: 'Values',
  description: 'An object with the columns as keys.',
  placeholder: '{ "state": "paid" }',
  widget: 'json',
})

/** Written at once. */
export const mostRows = 1_000

export const Rows = Json.meta({
  title: 'Rows',
  description: 'An object with the columns as keys, or a list of them.',
  placeholder: '[{ "name": "Ada" }]',
  widget: 'json',
})

export const RowsOut = z.array(z.record(z.string(), Json)).meta({ title: 'Rows' })

/** `state=eq.paid`; several of one column are kept apart. */
export function filterQuery(filters: readonly Filter[]): [string, string][] {
  return filters.map(({ column, op, value }) => [column, `${op}.${operandOf(op, value)}`])
}

function operandOf(op: Filter['op'], value: Json): string {
  if (op === 'is') {
    const text = String(value).toLowerCase()
    if (!['null', 'true', 'false', 'unknown'].includes(text))
      throw fail('invalid_params', 'filters: “is” compares with null, true or false.')
    return text
  }
  if (op === 'in') {
    if (!Array.isArray(value)) throw fail('invalid_params', 'filters: “is one of” wants a list.')
    return `(${value.map((one) => quoted(textOf(one))).join(',')})`
  }
  if (op === 'cs')
    return Array.isArray(value) ? `{${value.map((one) => quoted(textOf(one))).join(',')}}` : textOf(value)
  return textOf(value)
}

const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** `/orders?state=eq.paid` */
export function pathOf(table: string, query: readonly [string, string][]): string {
  const text = new URLSearchParams(query.map(([key, value]) => [key, value])).toString()
  return text === '' ? `/${table}` : `/${table}?${text}`
}

/**
 * Rows that do not name the same columns: which there are, and that what is missing gets its default. Without it
 * Supabase refuses them.
 */
export function unevenRows(rows: readonly JsonObject[]): { query: [string, string][]; prefer: string } {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  if (rows.every((row) => Object.keys(row).length === keys.length)) return { query: [], prefer: '' }
  return { query: [['columns', keys.map(quoted).join(',')]], prefer: ',missing=default' }
}

/** A way out whose errors are PostgREST's words. */
export function supabase(http: Http): (request: Parameters<Http>[0]) => Promise<HttpReply> {
  return async (request) => {
    const reply = await http(request)
    if (reply.status < 400) return reply
    const { message, code, hint } = isJsonObject(reply.body) ? reply.body : {}
    const said = [message, hint].filter((one) => typeof one === 'string' && one !== '').join(' ')
    const known =
      typeof code === 'string' && /^\w{3,12}$/.test(code) ? code.toLowerCase() : String(reply.status)
    throw fail(`supabase_${known}`, `Supabase refused: ${(said || `status ${reply.status}`).slice(0, 300)}`)
  }
}

export const rowsIn = ({ body }: HttpReply): JsonObject[] =>
  Array.isArray(body) ? body.filter(isJsonObject) : isJsonObject(body) ? [body] : []

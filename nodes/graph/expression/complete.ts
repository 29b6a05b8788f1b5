import type { JsonSchema } from '../../kit/define-node.ts'
import type { Json } from '../../kit/json.ts'
import type { Expression } from './ast.ts'
import { type Root, rootDocs, roots } from './ast.ts'
import { ExpressionError } from './errors.ts'
import { evaluateParsed } from './evaluate.ts'
import { Inference, type TypedNames } from './inference.ts'
import type { Scope } from './interpreter.ts'
import type { Method } from './methods/method.ts'
import { functions } from './methods/statics.ts'
import { dateMethodNames, methods } from './methods/tables.ts'
import { parseAround } from './parse.ts'
import { stepOf } from './references.ts'
import { elementOf, fieldsOf, isDate, kindsOf, schemaText, unknown, withoutNull } from './schema.ts'
import { isObject, kindOf, ownValue, type ValueKind } from './value.ts'

/** One offer of autocomplete: put `apply` in place of the source from `from` to `to`. */
export interface Completion {
  kind: 'root' | 'variable' | 'field' | 'method' | 'function'
  label: string
  apply: string
  from: number
  to: number
  /** Its type, or a method's signature. */
  detail: string
  doc?: string
  example?: string
  /** What it is now, where there is data. */
  value?: Json
}

export interface Known {
  types: Readonly<Record<string, JsonSchema>>
  values?: Scope | null
}

const marker = 'trama_cursor_'

/** What can be written at a place of the source: names, or what comes after a dot. Best first. */
export function complete(source: string, cursor: number, known: Known): Completion[] {
  const before = source.slice(0, cursor)
  const typed = /[A-Za-z0-9_$]*$/.exec(before)?.[0] ?? ''
  const from = cursor - typed.length
  const place = { from, to: cursor }
  const found = look(source.slice(0, from), source.slice(cursor).replace(/^[A-Za-z0-9_$]+/, ''), known)
  if (!found) return []
  const offers = found.object ? membersOf(found, known, place) : names(found.names, known, place)
  const wanted = typed.toLowerCase()
  return offers.filter(({ label }) => label.toLowerCase().includes(wanted)).sort(nearest(wanted))
}

interface Found {
  object: { node: Expression; schema: JsonSchema; optional: boolean; dot: number } | null
  names: TypedNames | null
}

/** Puts a marker where the cursor is, completes what is not closed yet, and asks the types what is there. */
function look(before: string, after: string, { types }: Known): Found | null {
  for (const rest of [after, closing(before + marker), '']) {
    try {
      const expression = parseAround(before + marker + rest, marker)
      let found: Found | null = null
      const inference = new Inference(types, (node, { object, names }) => {
        if (node.kind === 'name' && node.name === marker) found = { object: null, names }
        if (node.kind !== 'member' || node.key !== marker) return
        const { optional } = node
        const dot = before.trimEnd().length - (optional ? 2 : 1)
        found = { object: { node: node.object, schema: object ?? unknown, optional, dot }, names }
      })
      inference.of(expression, null)
      if (found) return found
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
    }
  }
  return null
}

/** The brackets and quotes that are open, closed in turn. */
function closing(text: string): string {
  const open: string[] = []
  const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    const top = open.at(-1)
    if (top === '"' || top === "'") {
      if (sign === '\\') at += 1
      else if (sign === top) open.pop()
    } else if (top === '`') {
      if (sign === '\\') at += 1
      else if (sign === '`') open.pop()
      else if (sign === '$' && text[at + 1] === '{') {
        open.push('}')
        at += 1
      }
    } else if (sign === '"' || sign === "'" || sign === '`') open.push(sign)
    else if (pairs[sign]) open.push(pairs[sign])
    else if (sign === top) open.pop()
  }
  return open.reverse().join('')
}

type Place = { from: number; to: number }

function names(variables: TypedNames | null, { types, values }: Known, place: Place): Completion[] {
  const offers: Completion[] = []
  for (let at = variables; at; at = at.above) {
    offers.push({ kind: 'variable', label: at.name, apply: at.name, detail: schemaText(at.schema), ...place })
  }
  for (const root of roots) {
    if (!Object.hasOwn(types, root) && root !== 'now') continue
    offers.push({ ...rootOffer(root, types[root] ?? unknown, values), ...place })
  }
  return [...offers, ...[...functions.values()].map((method) => methodOffer(method, 'function', place))]
}

function rootOffer(root: Root, schema: JsonSchema, values: Known['values']): Omit<Completion, 'from' | 'to'> {
  const value = values && Object.hasOwn(values, root) ? values[root] : undefined
  const offer = {
    kind: 'root',
    label: root,
    apply: root,
    detail: schemaText(schema),
    doc: rootDocs[root],
  } as const
  return value === undefined ? offer : { ...offer, value }
}

function membersOf(found: Found, known: Known, place: Place): Completion[] {
  if (!found.object) return []
  const { node, optional, dot } = found.object
  const schema = withoutNull(found.object.schema)
  const value = currentValue(node, known.values)
  const offers: Completion[] = []
  const fields = new Map([...fieldsOf(schema)].map(([name, type]) => [name, schemaText(type)]))
  if (value !== undefined && isObject(value)) {
    for (const key of Object.keys(value).slice(0, 500)) {
      if (!fields.has(key)) fields.set(key, typeof value[key])
    }
  }
  for (const [name, detail] of fields) {
    const now = value !== undefined && isObject(value) ? ownValue(value, name) : undefined
    const plain = /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name)
    const written = plain
      ? { apply: name, ...place }
      : { apply: `${optional ? '?.' : ''}[${JSON.stringify(name)}]`, from: dot, to: place.to }
    offers.push({
      kind: 'field',
      label: name,
      detail,
      ...written,
      ...(now === undefined ? {} : { value: now }),
    })
  }
  return [...elementHere(node, schema, known, place), ...offers, ...methodsFor(schema, value, place)]
}

/** `steps.orders.item`, where a list leads to this place. */
function elementHere(node: Expression, schema: JsonSchema, { types }: Known, place: Place): Completion[] {
  if (!types.item || !stepOf(node) || !kindsOf(schema)?.has('list')) return []
  const doc = 'The element of this list that led here.'
  return [
    { kind: 'field', label: 'item', apply: 'item', detail: schemaText(elementOf(schema)), doc, ...place },
  ]
}

function methodsFor(schema: JsonSchema, value: Json | undefined, place: Place): Completion[] {
  const kinds = new Set<ValueKind>(kindsOf(schema) ?? (value === undefined ? [] : [kindOf(value)]))
  const offers: Completion[] = []
  if (kinds.has('string') || kinds.has('list'))
    offers.push({ kind: 'field', label: 'length', apply: 'length', detail: 'number', ...place })
  for (const kind of kinds) {
    if (kind === 'null') continue
    const rows = [...methods[kind].values()]
    const first = (method: Method) => Number(dateMethodNames.has(method.name) !== isDate(schema))
    if (kind === 'string') rows.sort((a, b) => first(a) - first(b))
    offers.push(...rows.map((method) => methodOffer(method, 'method', place)))
  }
  return offers
}

function methodOffer(method: Method, kind: 'method' | 'function', place: Place): Completion {
  const { name, label, doc, example, signature } = method
  const apply = signature.params.length > 0 ? `${name}(` : `${name}()`
  return {
    kind,
    label: name,
    apply,
    detail: label,
    doc,
    example: `${example.source} → ${example.gives}`,
    ...place,
  }
}

function currentValue(node: Expression, values: Known['values']): Json | undefined {
  if (!values) return undefined
  try {
    return evaluateParsed(node, values, { steps: 20_000 })
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

const kindOrder = ['variable', 'field', 'root', 'method', 'function']

function nearest(wanted: string): (a: Completion, b: Completion) => number {
  const rank = ({ label, kind }: Completion) =>
    (label.toLowerCase().startsWith(wanted) ? 0 : 10) + kindOrder.indexOf(kind)
  return (a, b) => rank(a) - rank(b)
}

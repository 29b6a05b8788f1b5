/** Where in the source something is. */
export interface Span {
  start: number
  end: number
}

export type UnaryOperator = '!' | '-' | '+' | 'typeof'
export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '=='
  | '!='
  | '==='
  | '!=='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
export type LogicalOperator = '&&' | '||' | '??'

/** A validated expression: the only thing the interpreter walks. What is not here cannot be written. */
export type Expression =
  | (Span & { kind: 'literal'; value: null | boolean | number | string })
  | (Span & { kind: 'name'; name: string })
  | (Span & { kind: 'template'; texts: string[]; parts: Expression[] })
  | (Span & { kind: 'member'; object: Expression; key: string; keySpan: Span; optional: boolean })
  | (Span & { kind: 'index'; object: Expression; index: Expression; optional: boolean })
  | (Span & {
      kind: 'call'
      object: Expression | Regex
      method: string
      methodSpan: Span
      args: Argument[]
      optional: boolean
    })
  | (Span & { kind: 'static'; name: string; args: Argument[] })
  | (Span & { kind: 'chain'; of: Expression })
  | (Span & { kind: 'unary'; operator: UnaryOperator; of: Expression })
  | (Span & { kind: 'binary'; operator: BinaryOperator; left: Expression; right: Expression })
  | (Span & { kind: 'logical'; operator: LogicalOperator; left: Expression; right: Expression })
  | (Span & { kind: 'conditional'; test: Expression; yes: Expression; no: Expression })
  | (Span & { kind: 'list'; elements: (Expression | Spread)[] })
  | (Span & { kind: 'object'; fields: (Field | Spread)[] })

export type Spread = Span & { kind: 'spread'; of: Expression }
export type Field = Span & { kind: 'field'; key: Expression; value: Expression }

/** Only ever an argument, or what `.test()` is called on. */
export type Regex = Span & { kind: 'regex'; pattern: string; flags: string }
/** `(x) => …`; only ever an argument of a method that takes one. */
export type Arrow = Span & { kind: 'arrow'; params: string[]; body: Expression }
/** The name of a function where one is taken: `list.filter(Boolean)`. */
export type FunctionName = Span & { kind: 'function'; name: string }
export type Argument = Expression | Spread | Regex | Arrow | FunctionName

/** The names an expression can start with; `undefined` is read as null. */
export const roots = [
  'trigger',
  'steps',
  'input',
  'item',
  'index',
  'vars',
  'run',
  'workflow',
  'tenant',
  'now',
] as const
export type Root = (typeof roots)[number]

const names = new Set<string>(roots)
export const isRoot = (name: string): name is Root => names.has(name)

/** What each root is, for autocomplete. */
export const rootDocs: Record<Root, string> = {
  trigger: 'What started the run.',
  steps: 'The outputs of earlier steps, by their key.',
  input: 'What the wire delivers: the output of the step before.',
  item: 'The current element, inside “repeat for each”.',
  index: 'The position of the current element, from 0.',
  vars: 'Variables of the tenant.',
  run: 'This run: its id and when it started.',
  workflow: 'This workflow: its id and name.',
  tenant: 'The tenant: its id and name.',
  now: 'The current time, as ISO text.',
}

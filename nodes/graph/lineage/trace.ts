import type { Json } from '../../kit/json.ts'
import type { NodeKey } from '../document.ts'
import type { Argument, Expression } from '../expression/ast.ts'
import { ExpressionError } from '../expression/errors.ts'
import { evaluateParsed } from '../expression/evaluate.ts'
import type { Scope } from '../expression/interpreter.ts'
import { stepOf } from '../expression/references.ts'
import { isTry } from '../scopes.ts'
import { type At, type LineageAbout, seenFrom } from './about.ts'
import { placesBefore } from './derived.ts'

/** Where the elements of a list come from: the list of another step, and for each the place in it. */
export interface Origin extends At {
  list: readonly Json[]
  /** Undefined: each from the one at the same place. */
  places?: readonly number[]
  /** The list is all that the step gave, so that what led to its elements can be asked as well. */
  whole: boolean
}

/** Says of the list an expression gives where its elements come from; undefined where that cannot be known. */
export function originOf(
  expression: Expression,
  about: LineageAbout & { at: At },
): (Origin & { value: readonly Json[] }) | undefined {
  const step = about.at.prefix + about.at.key
  const scope = about.scope(step)
  const evaluate = (part: Expression): Json | undefined => given(part, scope)
  return trace(expression)

  function trace(part: Expression): (Origin & { value: readonly Json[] }) | undefined {
    switch (part.kind) {
      case 'chain':
        return trace(part.of)
      case 'conditional':
        return trace(isTrue(part.test) ? part.yes : part.no)
      case 'logical': {
        const takesLeft =
          part.operator === '??'
            ? (evaluate(part.left) ?? null) !== null
            : isTrue(part.left) === (part.operator === '||')
        return trace(takesLeft ? part.left : part.right)
      }
      case 'call':
        return part.object.kind === 'regex' ? undefined : derived({ ...part, object: part.object })
      case 'name':
      case 'member':
      case 'index':
        return read(part)
      default:
        return undefined
    }
  }

  function derived(call: Expression & { kind: 'call' }) {
    const before = call.object.kind === 'regex' ? undefined : trace(call.object)
    const after = evaluate(call)
    if (!before || !Array.isArray(after)) return undefined
    const own = placesBefore(call, {
      before: before.value,
      after,
      evaluate: (part, list) => (list === undefined ? evaluate(part) : valueOn(list, part, scope)),
    })
    if (own?.length !== after.length) return undefined
    return { ...before, value: after, places: own.map((place) => before.places?.[place] ?? place) }
  }

  /** A list that a step gave, or that is somewhere in what it gave. */
  function read(part: Expression) {
    const value = evaluate(part)
    const from = Array.isArray(value) ? giver(part) : undefined
    if (!from || !Array.isArray(value)) return undefined
    const whole = about.list(from.prefix, from.key)
    return { ...from, list: value, value, whole: whole !== undefined && whole === value }
  }

  function giver(part: Expression): At | undefined {
    const known = stepOf(part)
    if (known) return seenFrom(about.graph, { step, key: known.key })
    if (part.kind === 'member' || part.kind === 'index') return giver(part.object)
    if (part.kind !== 'name') return undefined
    if (part.name === 'input') return before(about, about.at)
    return part.name === 'trigger' ? trigger(about, scope.trigger) : undefined
  }

  function isTrue(part: Expression): boolean {
    return evaluate({ kind: 'unary', operator: '!', of: part, start: part.start, end: part.end }) === false
  }
}

function given(expression: Expression, scope: Scope): Json | undefined {
  try {
    return evaluateParsed(expression, scope)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

/** What a method gives of another list, which goes by a name that nothing in `scope` has. */
function valueOn(list: Json, call: Expression, scope: Scope): Json | undefined {
  if (call.kind !== 'call') return undefined
  const { start, end } = call
  const args = call.args.map((arg): Argument => {
    if (arg.kind === 'spread' || arg.kind === 'regex' || arg.kind === 'arrow' || arg.kind === 'function')
      return arg
    const value = given(arg, scope)
    return isPlain(value) ? { kind: 'literal', value, start, end } : arg
  })
  return given({ ...call, args, object: { kind: 'name', name: 'vars', start, end } }, { vars: list })
}

const isPlain = (value: Json | undefined): value is null | boolean | number | string =>
  value !== undefined && (typeof value !== 'object' || value === null)

/** The one step whose output a wire delivered. */
export function before(about: LineageAbout, { prefix, key }: At): At | undefined {
  const { graph, port } = about
  const ways = graph.into(key)
  const parent = graph.nodes.get(key)?.parent
  // The first steps in a *try* get what the frame got.
  const inside = `${parent}[0].`
  if (ways.length === 0 && parent !== undefined && isTry(graph.nodes.get(parent)) && prefix.endsWith(inside))
    return before(about, { prefix: prefix.slice(0, -inside.length), key: parent })
  const taken = new Set<NodeKey>()
  for (const way of ways) if (port(prefix, way.from) === way.port) taken.add(way.from)
  const [only, ...others] = taken
  return only === undefined || others.length > 0 ? undefined : { prefix, key: only }
}

/** The trigger that started the run. */
function trigger({ graph, port }: LineageAbout, output: Json | undefined): At | undefined {
  const started = graph
    .children(undefined)
    .filter(({ key }) => graph.into(key).length === 0 && port('', key) !== undefined)
  const [only, ...others] = started
  return output === undefined || !only || others.length > 0 ? undefined : { prefix: '', key: only.key }
}

import type { Json } from '../../kit/json.ts'
import type { NodeKey } from '../document.ts'
import { ExpressionError, Trouble } from '../expression/errors.ts'
import { type Expression, parse } from '../expression/parse.ts'
import type { At, LineageAbout } from './about.ts'
import { placesOf } from './about.ts'
import { sameInTurn } from './derived.ts'
import { before, type Origin, originOf } from './trace.ts'

/** They give what they get. */
const passing: ReadonlySet<string> = new Set([
  'flow.if',
  'flow.switch',
  'flow.log',
  'flow.respond',
  'flow.wait',
])

/** By the list, then by the node that walks or gave it: two may have the very same list. */
const origins = new WeakMap<readonly Json[], Map<string, Origin | null>>()

/**
 * The element of a list that a step gave which led to the step that asks: through the lists it repeats over, from the
 * innermost, and through what those were made from. Throws where that cannot be known: never a wrong element.
 */
export function elementOf(about: LineageAbout, wanted: NodeKey): Json {
  let lostAt: NodeKey | undefined
  const levels = placesOf(about.graph, about.step).filter(({ index }) => index !== undefined)
  for (const { prefix, key, index = 0 } of levels.toReversed()) {
    const found = follow(about, { start: { prefix, key }, index, wanted })
    if ('element' in found) return found.element
    lostAt ??= found.lostAt
  }
  const why =
    lostAt === undefined
      ? 'this step does not run once for each element of a list'
      : `the elements of “${lostAt}” cannot be followed back to it`
  throw new Trouble('missing', `Which element of “${wanted}” led here is not known: ${why}`)
}

function follow(
  about: LineageAbout,
  { start, index, wanted }: { start: At; index: number; wanted: NodeKey },
): { element: Json } | { lostAt: NodeKey } {
  let at = start
  let place = index
  // What a frame walks at first, then what each step on the way gave.
  let list = about.items(at.prefix, at.key)
  for (;;) {
    const origin = list && behind(about, { at, list })
    if (!origin) return { lostAt: at.key }
    place = origin.places ? (origin.places[place] ?? -1) : place
    const element = origin.list[place]
    if (element === undefined) return { lostAt: at.key }
    if (origin.key === wanted) return { element }
    if (!origin.whole) return { lostAt: origin.key }
    at = origin
    list = origin.list
  }
}

/** Where the elements of a list come from that a node walks, or gave. Worked out once for each list. */
function behind(about: LineageAbout, { at, list }: { at: At; list: readonly Json[] }): Origin | undefined {
  const known = origins.get(list) ?? new Map<string, Origin | null>()
  origins.set(list, known)
  const name = at.prefix + at.key
  const before = known.get(name)
  if (before !== undefined) return before ?? undefined
  const found = lookBehind(about, { at, list })
  known.set(name, found ?? null)
  return found
}

function lookBehind(
  about: LineageAbout,
  { at, list }: { at: At; list: readonly Json[] },
): Origin | undefined {
  const node = about.graph.nodes.get(at.key)
  if (!node) return undefined
  if (passing.has(node.type) && !node.repeat) {
    const from = before(about, at)
    const given = from && about.list(from.prefix, from.key)
    return given && given.length === list.length ? { ...from, list: given, whole: true } : undefined
  }
  const source = node.repeat?.list.expr ?? exprOf(node.params.list)
  const expression = source === undefined ? undefined : parsed(source)
  const origin = expression && originOf(expression, { ...about, at })
  if (!origin) return undefined
  const { value, ...own } = origin
  if (node.type === 'flow.filter' && !node.repeat) {
    // It looks at the elements only, so that what is equal is kept alike.
    const kept = sameInTurn(value, list)
    return kept && { ...own, places: kept.map((place) => own.places?.[place] ?? place) }
  }
  const goesThrough = node.repeat !== undefined || node.type === 'flow.each'
  return goesThrough && value.length === list.length ? own : undefined
}

const exprOf = (value: Json | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'expr' in value && typeof value.expr === 'string'
    ? value.expr
    : undefined

function parsed(source: string): Expression | undefined {
  try {
    return parse(source)
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

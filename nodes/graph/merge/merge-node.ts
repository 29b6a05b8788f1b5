import { isJsonObject } from '../../kit/json.ts'
import type { DocumentNode } from '../document.ts'
import type { Ask, Three } from './conflict.ts'
import { mergeValue } from './merge-value.ts'
import { pick, pickQuietly } from './pick.ts'
import { same } from './same.ts'

interface About {
  ask: Ask
  /** Both sides have a say in its frame, though only one changed it. */
  contested: boolean
}

/** One node of three that have its key. */
export function mergeNode(three: Three<DocumentNode>, { ask, contested }: About): DocumentNode {
  const { base, mine, theirs } = three
  const askAbout = (field: string, values: Three<unknown>) => () =>
    ask({ kind: 'changed', node: base.key, field }, values)
  const field = <T>(name: string, of: (node: DocumentNode) => T): T => {
    const values = each(three, of)
    return pick(values, askAbout(name, values))
  }

  const parents = each(three, ({ parent }) => parent)
  const parent =
    contested && !same(parents.mine, parents.theirs)
      ? parents[askAbout('parent', parents)()]
      : field('parent', (node) => node.parent)
  // A place is relative to the frame: it comes with it.
  const place = same(parent, mine.parent)
    ? pickQuietly(each(three, ({ position }) => position))
    : theirs.position

  return withoutAbsent({
    ...mergeKind(three, ask),
    key: base.key,
    name: field('name', ({ name }) => name),
    connection: field('connection', ({ connection }) => connection),
    parent,
    repeat: mergeParts(
      each(three, ({ repeat }) => repeat),
      ['list', 'concurrency'],
      { ask, node: base.key, field: 'repeat' },
    ),
    reliability: mergeParts(
      each(three, ({ reliability }) => reliability),
      ['attempts', 'delayMs', 'backoff', 'timeoutMs', 'rate', 'breaker', 'cache', 'onFailure'],
      { ask, node: base.key, field: 'reliability' },
    ),
    tool: mergeParts(
      each(three, ({ tool }) => tool),
      ['name', 'description', 'approval'],
      {
        ask,
        node: base.key,
        field: 'tool',
      },
    ),
    notes: field('notes', ({ notes }) => notes),
    position: place,
    size: pickQuietly(each(three, ({ size }) => size)),
  })
}

/** Type, version and parameters: together where the type changed, else the parameters one by one. */
function mergeKind(three: Three<DocumentNode>, ask: Ask): Pick<DocumentNode, 'type' | 'version' | 'params'> {
  const { base, mine, theirs } = three
  const kindOf = ({ type, version }: DocumentNode) => ({ type, version })
  if (!same(kindOf(base), kindOf(mine)) || !same(kindOf(base), kindOf(theirs))) {
    const whole = each(three, ({ type, version, params }) => ({ type, version, params }))
    return pick(whole, () => ask({ kind: 'changed', node: base.key, field: 'type' }, whole))
  }
  const params = each(three, (node) => node.params)
  const merged = mergeValue(params, (path, values) =>
    ask({ kind: 'changed', node: base.key, field: ['params', ...path].join('.') }, values),
  )
  return { ...kindOf(mine), params: isJsonObject(merged) ? merged : mine.params }
}

/** A setting of a few parts, one by one as long as all three have it. */
function mergeParts<T extends object>(
  three: Three<T | undefined>,
  parts: readonly (keyof T & string)[],
  { ask, node, field }: { ask: Ask; node: string; field: string },
): T | undefined {
  const { base, mine, theirs } = three
  if (!base || !mine || !theirs || same(mine, base) || same(theirs, base))
    return pick(three, () => ask({ kind: 'changed', node, field }, three))
  let merged = mine
  for (const part of parts) {
    const values = { base: base[part], mine: mine[part], theirs: theirs[part] }
    const value = pick(values, () => ask({ kind: 'changed', node, field: `${field}.${part}` }, values))
    merged = { ...merged, [part]: value }
  }
  return withoutAbsent(merged)
}

const each = <A, B>({ base, mine, theirs }: Three<A>, of: (one: A) => B): Three<B> => ({
  base: of(base),
  mine: of(mine),
  theirs: of(theirs),
})

/** An absent field is left out, so that documents that say the same are the same. */
function withoutAbsent<T extends object>(value: T): T {
  const copy = { ...value }
  for (const key in copy) if (copy[key] === undefined) delete copy[key]
  return copy
}

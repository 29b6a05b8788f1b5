import { compatible, possibleTypes } from '../compatible.ts'
import { documentLimits, type NodeKey } from '../document.ts'
import { references } from '../expression/references.ts'
import { inferType } from '../expression/types.ts'
import { typesOf } from '../json-schema.ts'
import type { Place } from '../shapes.ts'
import type { Spot } from './check-params.ts'
import type { Checking } from './checking.ts'

/** An expression: that it can be read, reads only what is known there, and gives what the field takes. */
export function checkExpression(about: Checking, source: string, spot: Spot) {
  const place = { node: spot.node.key, field: spot.field }
  if (source.length > documentLimits.expression)
    return about.report('expression_too_long', place, { limit: documentLimits.expression })

  const { steps, items, roots } = references(source)
  const where = placeOf(about, spot)
  const strange = steps.filter((step) => !isKnownThere(about, { reader: spot.node.key, where }, step))
  for (const step of strange) {
    const exists = about.graph.nodes.has(step)
    about.report(exists ? 'step_not_upstream' : 'unknown_step', place, { step })
  }
  // What is read from a step that is not there would only be complained about a second time.
  if (strange.length > 0) return

  const scope = about.shapes.scope(spot.node.key, where, steps)
  if (!scope.item && roots.some((root) => root === 'item' || root === 'index'))
    return about.report('item_outside', place)
  if (!scope.item && items.some((step) => typesOf(about.shapes.output(step)).join() === 'array'))
    return about.report('item_outside', place)

  const { schema, problems } = inferType(source, scope)
  for (const { message, start, end } of problems)
    about.report('expression_error', place, { reason: message, start, end })
  if (problems.length === 0 && !compatible(schema, spot.schema))
    about.report('expression_type', place, {
      title: spot.title,
      expected: possibleTypes(spot.schema).join('|'),
      found: possibleTypes(schema).join('|'),
    })
}

/** On a circle nothing has an order, and the circle is the problem to tell. */
const isKnownThere = (
  { graph, shapes: { upstream } }: Checking,
  { reader, where }: { reader: NodeKey; where: Place },
  step: NodeKey,
) =>
  graph.nodes.has(step) &&
  (!upstream.isOrdered(reader) ||
    upstream.leadsTo(step, reader) ||
    (where === 'until' && graph.nodes.get(step)?.parent === reader && !graph.isTool(step)))

/** What *repeat* asks after each round is asked inside it. */
function placeOf({ info }: Checking, { node, field }: Spot): Place {
  if (field === 'repeat.list') return 'list'
  return field === 'params.until' && info(node.key)?.frame === 'repeat' ? 'until' : 'params'
}

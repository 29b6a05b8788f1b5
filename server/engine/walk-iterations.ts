import type { Command } from './command.ts'
import { givenBy } from './opened.ts'
import { type Inside, outputOf, type Walk } from './walk.ts'

/** Walks the open iterations of a frame or of a repeating node. A failure that none of them catches fails it. */
export function walkIterations({
  plan,
  node,
  about,
  past,
  walkInside,
}: Inside): Pick<Walk, 'commands' | 'busy'> {
  const nodes = plan.bodies.get(node.key) ?? []
  const commands: Command[] = []
  let failed: Walk['failed']
  let busy = 0
  for (const [index, scope] of past.open) {
    const name = `${about.step}[${index}]`
    const step = node.kind === 'repeat' ? name : undefined
    const inside = walkInside({ nodes, scope, prefix: `${name}.`, step })
    busy += inside.busy
    failed ??= inside.failed
    for (const command of inside.commands) commands.push(command)
    if (inside.settled)
      commands.push({ type: 'close-iteration', ...about, index, output: outputOf(nodes, scope) })
  }
  if (failed) {
    // Nothing new starts in it; what is in flight ends first.
    if (busy > 0) return { commands: [], busy }
    return { commands: [failedBy(about, failed)], busy }
  }
  const given = givenBy(past)
  return given ? { commands: [{ type: 'close-step', ...about, ...given }], busy } : { commands, busy }
}

/** A frame is not tried again: what is inside it was, as often as it may be. */
export function failedBy(about: Inside['about'], { failure, step }: NonNullable<Walk['failed']>): Command {
  const { code, message } = failure
  return { type: 'fail-step', ...about, failure: { code, message, retryable: false }, cause: step }
}

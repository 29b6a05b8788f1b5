import { fail } from '#nodes/kit/failure.ts'
import type { Command } from '#server/engine/command.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { stepState } from '#server/engine/state.ts'
import type { Log } from './log.ts'
import type { FindDefinition } from './prepare.ts'
import { type RunPlace, scopeAfter, scopeIn } from './run-scope.ts'
import { failureOf } from './run-step.ts'
import { isMet, mostRounds, type ParamsAbout, stepList } from './step-params.ts'

type AtOnce = Exclude<Command, { type: 'run-step' | 'finish-run' }>
type Place = RunPlace & { parts: { find: FindDefinition; log: Log } }

/** What takes no time is done by writing that it happened. */
export function obey(command: AtOnce, place: Place): RunEvent {
  const { step, attempt } = command
  try {
    switch (command.type) {
      case 'open-step':
        return openStep(command, place)
      case 'close-iteration':
        return closeIteration(command, place)
      case 'close-step':
        return { type: 'step.finished', step, attempt, port: 'out', output: command.output }
      case 'fail-step': {
        const { failure, cause } = command
        return { type: 'step.failed', step, attempt, failure, cause }
      }
      case 'catch-step':
        return { type: 'step.caught', step, attempt, failure: command.failure, cause: command.cause }
      case 'end-undo': {
        const { failed } = command
        if (!failed) return { type: 'step.undone', step, attempt }
        return { type: 'step.undo_failed', step, attempt, failure: failed.failure, cause: failed.step }
      }
      default:
        return command satisfies never
    }
  } catch (error) {
    return { type: 'step.failed', step, attempt, failure: failureOf(error, { log: place.parts.log }) }
  }
}

/** The list of a frame or a repeating node, or how often it goes round. */
function openStep(command: Extract<AtOnce, { type: 'open-step' }>, place: Place): RunEvent {
  const { step, attempt } = command
  const about = { ...paramsOf(command, place), scope: () => scopeIn(place, step) }
  const { definition } = about
  if (definition.role === 'frame' && definition.frame === 'try')
    return { type: 'step.opened', step, attempt, items: [null] }
  if (definition.role === 'frame' && definition.frame === 'repeat')
    return { type: 'step.opened', step, attempt, items: [null], most: mostRounds(about) }
  return { type: 'step.opened', step, attempt, ...stepList(about) }
}

/** An iteration of a frame that goes round says whether it was the last. */
function closeIteration(command: Extract<AtOnce, { type: 'close-iteration' }>, place: Place): RunEvent {
  const { step, attempt, index, output } = command
  const past = stepState(place.held.state, step)
  const goesRound = past?.status === 'opened' && past.rounds !== undefined
  const scope = () => scopeAfter(place, { step, index, output })
  const met = goesRound ? { met: isMet({ ...paramsOf(command, place), scope }) } : {}
  return { type: 'iteration.closed', step, attempt, index, output, ...met }
}

function paramsOf({ node: key }: AtOnce, { prepared, parts }: Place): Omit<ParamsAbout, 'scope'> {
  const node = prepared.graph.nodes.get(key)
  const definition = node ? parts.find(node.type, node.version) : undefined
  if (!node || !definition) throw fail('unknown_node', `There is no node ${node?.type} here.`)
  return { prepared, node, definition }
}

import { fail } from '#nodes/kit/failure.ts'
import type { Connects } from '#server/drivers/opens-sockets.ts'
import type { ConnectionDoor } from './connection-door.ts'

/** The guarded way out for drivers. */
export function socketsOf({ egress }: ConnectionDoor): Connects {
  const { connect } = egress
  if (!connect) throw fail('not_available', 'There is no way out to the network here.')
  return (target) => connect(target)
}

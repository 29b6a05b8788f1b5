import { connectionsOf } from '../connections.ts'
import type { Checking } from './checking.ts'

/** That each connection is chosen where one is needed, is still there, and is of a kind its place takes. */
export function checkConnections(about: Checking): void {
  const { document, info, options, report } = about
  for (const node of document.nodes) {
    const known = info(node.key)
    if (node.connection === undefined && known?.connection?.required)
      report('missing_connection', { node: node.key, field: 'connection' })
    if (!options.connectionKind) continue
    for (const { field, id, kinds } of connectionsOf(node, known)) {
      const kind = options.connectionKind(id)
      const place = { node: node.key, field }
      if (kind === undefined) report('unknown_connection', place)
      else if (known && !kinds.includes(kind) && (kinds.length > 0 || field === 'connection'))
        report('wrong_connection', place, { kind })
    }
  }
}

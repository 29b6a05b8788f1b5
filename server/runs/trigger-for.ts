import { findInfo } from '#nodes/catalog-info.ts'
import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { AppError } from '#server/errors.ts'

/** The trigger a run starts at: the named one, else the manual one, else the only one. */
export function triggerFor(document: WorkflowDocument, named?: string): string {
  const triggers = document.nodes.flatMap((node) => {
    const starts = findInfo(node.type, node.version)?.starts
    return starts ? [{ key: node.key, starts }] : []
  })
  const keys = triggers.map(({ key }) => key).join(', ')
  if (named !== undefined) {
    if (triggers.some(({ key }) => key === named)) return named
    throw wrong(`There is no trigger ${named} in this workflow${keys ? `; it has ${keys}` : ''}`)
  }
  const manual = triggers.filter(({ starts }) => starts === 'manual')
  const [first, second] = manual.length > 0 ? manual : triggers
  if (!first) throw wrong('This workflow has no trigger')
  if (second) throw wrong(`This workflow has several triggers; name one of ${keys}`)
  return first.key
}

function wrong(message: string) {
  return new AppError('invalid', message, { issues: [{ path: 'trigger', message }] })
}

import type { WorkflowDocument } from '#nodes/graph/document.ts'
import type { FindNode } from '#nodes/graph/node-info.ts'
import { exprOf } from '#nodes/graph/tags.ts'
import type { Json } from '#nodes/kit/json.ts'

export const guideSteps = ['trigger', 'step', 'data', 'publish', 'call'] as const
export type GuideStep = (typeof guideSteps)[number]

interface Progress {
  document: WorkflowDocument
  find: FindNode
  publishedVersion: number | null
  /** Nothing was drawn since the version that is published. */
  isPublished: boolean
  /** Whether a run that a call from outside started has ended. */
  called: boolean
}

/** What of the first workflow is done; read from the drawing and its runs, so that any way there counts. */
export function guideProgress(about: Progress): ReadonlySet<GuideStep> {
  const { document, find } = about
  const hooks = document.nodes.filter((node) => find(node.type, node.version)?.starts === 'webhook')
  const next = document.nodes.filter((node) =>
    document.edges.some((edge) => edge.to === node.key && hooks.some((hook) => hook.key === edge.from)),
  )
  const done = new Set<GuideStep>()
  if (hooks.some((hook) => typeof hook.params.path === 'string' && hook.params.path !== ''))
    done.add('trigger')
  if (next.length > 0) done.add('step')
  if (document.nodes.some((node) => holdsExpression(node.params))) done.add('data')
  if (about.publishedVersion !== null && about.isPublished) done.add('publish')
  if (about.called) done.add('call')
  return done
}

/** The step to do now: the first that is neither done nor skipped; null when all are. */
export function guideNow(done: ReadonlySet<GuideStep>, skipped: ReadonlySet<GuideStep>): GuideStep | null {
  return guideSteps.find((step) => !done.has(step) && !skipped.has(step)) ?? null
}

function holdsExpression(value: Json): boolean {
  if (exprOf(value) !== undefined) return true
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(holdsExpression)
}

import type { Json } from '../../kit/json.ts'
import type { DocumentNode, NodeKey } from '../document.ts'
import { isWalked } from '../graph.ts'
import { scheduleProblem } from '../schedule.ts'
import type { Checking } from './checking.ts'

/** What starts the workflow, what that reaches, and who answers a waiting caller. */
export function checkTriggers(about: Checking): void {
  const triggers = about.document.nodes.filter(({ key }) => about.info(key)?.role === 'trigger')
  for (const trigger of triggers)
    if (about.info(trigger.key)?.starts === 'schedule') checkSchedule(about, trigger)
  checkWebhooks(about, triggers)

  const answering = triggers.filter((trigger) => paramOf(about, trigger, 'answer') === 'by_node')
  for (const trigger of answering) {
    const reached = reachedFrom(about, [trigger.key])
    if (![...reached].some((key) => responds(about, key)))
      about.report('respond_missing', { node: trigger.key })
  }
  const answered = reachedFrom(
    about,
    answering.map(({ key }) => key),
  )
  const live = reachedFrom(
    about,
    triggers.map(({ key }) => key),
  )
  for (const { key } of about.document.nodes) {
    if (triggers.length > 0 && !live.has(key)) about.report('unreachable', { node: key })
    else if (live.has(key) && responds(about, key) && !answered.has(key))
      about.report('respond_unused', { node: key })
  }
}

const responds = ({ graph }: Checking, key: NodeKey) => graph.nodes.get(key)?.type === 'flow.respond'

/** A trigger's parameter, or its default: triggers take fixed values only. */
function paramOf({ info }: Checking, { key, params }: DocumentNode, name: string): Json | undefined {
  if (Object.hasOwn(params, name)) return params[name]
  const schema = info(key)?.params.properties
  const property =
    typeof schema === 'object' && schema !== null && !Array.isArray(schema) ? schema[name] : undefined
  return typeof property === 'object' && property !== null && !Array.isArray(property)
    ? property.default
    : undefined
}

function checkSchedule(about: Checking, trigger: DocumentNode) {
  const [cron, zone] = [paramOf(about, trigger, 'cron'), paramOf(about, trigger, 'zone')]
  if (typeof cron !== 'string' || typeof zone !== 'string') return
  const found = scheduleProblem({ cron, zone })
  if (!found) return
  const field = found.code === 'unknown_zone' ? 'params.zone' : 'params.cron'
  about.report(found.code, { node: trigger.key, field }, found.values)
}

function checkWebhooks(about: Checking, triggers: readonly DocumentNode[]) {
  const seen: { key: NodeKey; method: Json; path: Json }[] = []
  for (const trigger of triggers) {
    if (about.info(trigger.key)?.starts !== 'webhook') continue
    const [method, path] = [paramOf(about, trigger, 'method'), paramOf(about, trigger, 'path')]
    if (typeof method !== 'string' || typeof path !== 'string' || path === '') continue
    const twin = seen.find(
      (one) => one.path === path && (one.method === method || one.method === 'ANY' || method === 'ANY'),
    )
    if (twin) {
      const place = { node: trigger.key, field: 'params.path' }
      about.report('duplicate_webhook', place, { other: twin.key, method, path })
    }
    seen.push({ key: trigger.key, method, path })
  }
}

/** Everything that some of these lead to, with what is inside the frames on the way. */
function reachedFrom({ graph }: Checking, starts: readonly NodeKey[]): Set<NodeKey> {
  const reached = new Set(starts)
  for (const key of reached) {
    for (const { to } of graph.outOf(key)) reached.add(to)
    for (const tool of graph.toolsOf(key)) reached.add(tool.key)
    for (const start of graph.undoOf(key)) reached.add(start)
    for (const child of graph.children(key))
      if (graph.into(child.key).length === 0 && isWalked(graph, child.key)) reached.add(child.key)
  }
  return reached
}

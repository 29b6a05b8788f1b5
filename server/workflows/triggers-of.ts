import { z } from 'zod'
import { findDefinition } from '#nodes/catalog.ts'
import type { DocumentNode, WorkflowDocument } from '#nodes/graph/document.ts'
import type { AnyNode, AnyTrigger } from '#nodes/kit/define-node.ts'
import { triggerSchedule } from '#nodes/trigger/schedule.ts'
import { triggerWebhook } from '#nodes/trigger/webhook.ts'

/** What answers at a public address (server/triggers/hooks/doors.ts). */
export type HookKind = 'webhook' | 'event' | 'chat' | 'form'

export interface HookTrigger {
  nodeKey: string
  kind: HookKind
  method: string
  path: string
  answer: string
}

export interface ScheduleTrigger {
  nodeKey: string
  cron: string
  zone: string
  missed: string
  windowMinutes: number
}

export interface PollTrigger {
  nodeKey: string
  everyMs: number
}

export interface Triggers {
  hooks: HookTrigger[]
  schedules: ScheduleTrigger[]
  polls: PollTrigger[]
}

const MINUTE_MS = 60_000
const WithPath = z.object({ path: z.string() })
const WithPace = z.object({ everyMinutes: z.number() })

/** First parts of addresses that are not for webhooks, so that nobody's webhook takes another trigger's place. */
export const keptPlaces: readonly string[] = ['events', 'chat', 'forms', 'wait']

/** Where a service sends the events of a trigger; it needs no name because nobody types it. */
export function eventPath(workflowId: string, nodeKey: string): string {
  return `events/${workflowId}/${nodeKey}`
}

/**
 * What a checked document wants to be started by from outside, as its triggers' definitions say (`starts`): a new
 * trigger needs no line here.
 */
export function triggersOf(
  document: WorkflowDocument,
  about: { workflowId: string; find?: (type: string, version: number) => AnyNode | undefined },
): Triggers {
  const { workflowId, find = findDefinition } = about
  const triggers: Triggers = { hooks: [], schedules: [], polls: [] }
  for (const node of document.nodes) {
    const definition = find(node.type, node.version)
    if (definition?.role === 'trigger') add(triggers, { node, definition, workflowId })
  }
  return triggers
}

function add(
  { hooks, schedules, polls }: Triggers,
  { node, definition, workflowId }: { node: DocumentNode; definition: AnyTrigger; workflowId: string },
): void {
  const nodeKey = node.key
  const params = definition.params.parse(node.params)
  const own = { nodeKey, method: 'ANY', answer: 'by_trigger' }
  switch (definition.starts) {
    case 'webhook':
      hooks.push({ nodeKey, kind: 'webhook', ...triggerWebhook.params.parse(params) })
      return
    case 'event':
      hooks.push({ ...own, kind: 'event', path: eventPath(workflowId, nodeKey) })
      return
    case 'chat':
      hooks.push({ ...own, kind: 'chat', path: `chat/${WithPath.parse(params).path}` })
      return
    case 'form':
      hooks.push({ ...own, kind: 'form', path: `forms/${WithPath.parse(params).path}` })
      return
    case 'schedule': {
      const { windowHours, ...rule } = triggerSchedule.params.parse(params)
      schedules.push({ nodeKey, ...rule, windowMinutes: windowHours * 60 })
      return
    }
    case 'poll':
      polls.push({ nodeKey, everyMs: WithPace.parse(params).everyMinutes * MINUTE_MS })
      return
    // Started from inside: nothing outside has to find them.
    case 'manual':
    case 'call':
    case 'error':
      return
  }
  definition.starts satisfies never
}

import type { WorkflowDocument } from '#nodes/graph/document.ts'
import { triggerSchedule } from '#nodes/trigger/schedule.ts'
import { triggerWebhook } from '#nodes/trigger/webhook.ts'

export interface HookTrigger {
  nodeKey: string
  method: string
  path: string
  answer: string
}

export interface ScheduleTrigger {
  nodeKey: string
  cron: string
  zone: string
  missed: string
}

/** What a checked document wants to be started by from outside. */
export function triggersOf(document: WorkflowDocument) {
  const hooks: HookTrigger[] = []
  const schedules: ScheduleTrigger[] = []
  for (const node of document.nodes) {
    if (node.type === triggerWebhook.id)
      hooks.push({ nodeKey: node.key, ...triggerWebhook.params.parse(node.params) })
    else if (node.type === triggerSchedule.id)
      schedules.push({ nodeKey: node.key, ...triggerSchedule.params.parse(node.params) })
  }
  return { hooks, schedules }
}

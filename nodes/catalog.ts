import { agentAsk } from './agent/ask.ts'
import { modelAnthropic, modelOpenai } from './agent/connections.ts'
import { agentRun } from './agent/run.ts'
import { codeRun } from './code/run.ts'
import { dataSet } from './data/set.ts'
import { flowEach } from './flow/each.ts'
import { flowFilter } from './flow/filter.ts'
import { flowIf } from './flow/if.ts'
import { flowLog } from './flow/log.ts'
import { flowRespond } from './flow/respond.ts'
import { flowStop } from './flow/stop.ts'
import { flowSwitch } from './flow/switch.ts'
import { flowWait } from './flow/wait.ts'
import { httpBasic, httpBearer, httpHeader } from './http/connections.ts'
import { httpRequest } from './http/request.ts'
import type { AnyConnection } from './kit/define-connection.ts'
import type { AnyNode } from './kit/define-node.ts'
import { slackBot } from './slack/connection.ts'
import { slackEvent } from './slack/event.ts'
import { slackPost } from './slack/post.ts'
import { slackReact } from './slack/react.ts'
import { slackUpdate } from './slack/update.ts'
import { stateAdd } from './state/add.ts'
import { stateGet } from './state/get.ts'
import { stateRemove } from './state/remove.ts'
import { stateSet } from './state/set.ts'
import { stripeKey } from './stripe/connection.ts'
import { stripeCreateCustomer } from './stripe/create-customer.ts'
import { stripeCreatePaymentIntent } from './stripe/create-payment-intent.ts'
import { stripeCreateRefund } from './stripe/create-refund.ts'
import { stripeEvent } from './stripe/event.ts'
import { stripeFindCustomers } from './stripe/find-customers.ts'
import { stripeGetPaymentIntent } from './stripe/get-payment-intent.ts'
import { triggerChat } from './trigger/chat.ts'
import { triggerForm } from './trigger/form.ts'
import { triggerManual } from './trigger/manual.ts'
import { triggerSchedule } from './trigger/schedule.ts'
import { triggerWebhook } from './trigger/webhook.ts'

/** Every node we ship, in the palette's order. Adding one is a new file and a line here. */
export const catalog: readonly AnyNode[] = [
  triggerManual,
  triggerWebhook,
  triggerSchedule,
  triggerForm,
  triggerChat,
  flowIf,
  flowSwitch,
  flowFilter,
  flowEach,
  flowWait,
  flowRespond,
  flowStop,
  flowLog,
  agentRun,
  agentAsk,
  dataSet,
  stateGet,
  stateSet,
  stateAdd,
  stateRemove,
  codeRun,
  httpRequest,
  slackEvent,
  slackPost,
  slackUpdate,
  slackReact,
  stripeEvent,
  stripeCreateCustomer,
  stripeFindCustomers,
  stripeCreatePaymentIntent,
  stripeGetPaymentIntent,
  stripeCreateRefund,
]

/** Every kind of credential a tenant can store. */
export const connections: readonly AnyConnection[] = [
  modelAnthropic,
  modelOpenai,
  httpHeader,
  httpBearer,
  httpBasic,
  slackBot,
  stripeKey,
]

const byId = new Map<string, AnyNode>(catalog.map((node) => [node.id, node]))

/** The code of a node, at the version we ship; undefined for an unknown type or version. */
export function findDefinition(type: string, version: number): AnyNode | undefined {
  const node = byId.get(type)
  return node?.version === version ? node : undefined
}

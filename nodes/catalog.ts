import { agentAsk } from './agent/ask.ts'
import { modelAnthropic, modelOpenai } from './agent/connections.ts'
import { agentRun } from './agent/run.ts'
import { cloudflareToken } from './cloudflare/connection.ts'
import { cloudflareDeleteDns } from './cloudflare/delete-dns.ts'
import { cloudflareListDns } from './cloudflare/list-dns.ts'
import { cloudflarePurgeCache } from './cloudflare/purge-cache.ts'
import { cloudflareSetDns } from './cloudflare/set-dns.ts'
import { codeRun } from './code/run.ts'
import { dataSet } from './data/set.ts'
import { emailSmtp } from './email/connection.ts'
import { emailSend } from './email/send.ts'
import { flowCall } from './flow/call.ts'
import { flowEach } from './flow/each.ts'
import { flowFilter } from './flow/filter.ts'
import { flowIf } from './flow/if.ts'
import { flowLog } from './flow/log.ts'
import { flowRepeat } from './flow/repeat.ts'
import { flowRespond } from './flow/respond.ts'
import { flowStop } from './flow/stop.ts'
import { flowSwitch } from './flow/switch.ts'
import { flowTry } from './flow/try.ts'
import { flowWait } from './flow/wait.ts'
import { flowWaitWebhook } from './flow/wait-webhook.ts'
import { googleOauth } from './google/connection.ts'
import { gmailLabel } from './google/gmail-label.ts'
import { gmailNewMail } from './google/gmail-new-mail.ts'
import { gmailRead } from './google/gmail-read.ts'
import { gmailSearch } from './google/gmail-search.ts'
import { gmailSend } from './google/gmail-send.ts'
import { sheetsAppend } from './google/sheets-append.ts'
import { sheetsRead } from './google/sheets-read.ts'
import { sheetsUpdate } from './google/sheets-update.ts'
import { sheetsUpsert } from './google/sheets-upsert.ts'
import { graphqlRequest } from './graphql/request.ts'
import { httpBasic, httpBearer, httpHeader, httpOauth2, httpQuery } from './http/connections.ts'
import { httpRequest } from './http/request.ts'
import type { AnyConnection } from './kit/define-connection.ts'
import type { AnyNode } from './kit/define-node.ts'
import { personApproval } from './person/approval.ts'
import { personForm } from './person/form.ts'
import { postgresLogin } from './postgres/connection.ts'
import { postgresExecute } from './postgres/execute.ts'
import { postgresInsert } from './postgres/insert.ts'
import { postgresQuery } from './postgres/query.ts'
import { postgresUpsert } from './postgres/upsert.ts'
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
import { supabaseKey } from './supabase/connection.ts'
import { supabaseDelete } from './supabase/delete.ts'
import { supabaseInsert } from './supabase/insert.ts'
import { supabaseCall } from './supabase/rpc.ts'
import { supabaseSelect } from './supabase/select.ts'
import { supabaseUpdate } from './supabase/update.ts'
import { supabaseUpsert } from './supabase/upsert.ts'
import { triggerCalled } from './trigger/called.ts'
import { triggerChat } from './trigger/chat.ts'
import { triggerError } from './trigger/error.ts'
import { triggerForm } from './trigger/form.ts'
import { triggerManual } from './trigger/manual.ts'
import { triggerSchedule } from './trigger/schedule.ts'
import { triggerWebhook } from './trigger/webhook.ts'
import { whatsappCloud } from './whatsapp/cloud-connection.ts'
import { whatsappCloudMessage } from './whatsapp/cloud-message.ts'
import { whatsappCloudSend } from './whatsapp/cloud-send.ts'
import { whatsappEvolution } from './whatsapp/evolution-connection.ts'
import { whatsappEvolutionMessage } from './whatsapp/evolution-message.ts'
import { whatsappEvolutionSend } from './whatsapp/evolution-send.ts'

/** Every node we ship, in the palette's order. Adding one is a new file and a line here. */
export const catalog: readonly AnyNode[] = [
  triggerManual,
  triggerWebhook,
  triggerSchedule,
  triggerForm,
  triggerChat,
  triggerCalled,
  triggerError,
  flowIf,
  flowSwitch,
  flowFilter,
  flowEach,
  flowRepeat,
  flowTry,
  flowCall,
  flowWait,
  flowWaitWebhook,
  flowRespond,
  flowStop,
  flowLog,
  agentRun,
  agentAsk,
  personApproval,
  personForm,
  dataSet,
  stateGet,
  stateSet,
  stateAdd,
  stateRemove,
  codeRun,
  httpRequest,
  graphqlRequest,
  emailSend,
  gmailNewMail,
  gmailSend,
  gmailSearch,
  gmailRead,
  gmailLabel,
  sheetsRead,
  sheetsAppend,
  sheetsUpdate,
  sheetsUpsert,
  postgresQuery,
  postgresExecute,
  postgresInsert,
  postgresUpsert,
  supabaseSelect,
  supabaseInsert,
  supabaseUpdate,
  supabaseUpsert,
  supabaseDelete,
  supabaseCall,
  whatsappEvolutionMessage,
  whatsappEvolutionSend,
  whatsappCloudMessage,
  whatsappCloudSend,
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
  cloudflareListDns,
  cloudflareSetDns,
  cloudflareDeleteDns,
  cloudflarePurgeCache,
]

/** Every kind of credential a tenant can store. */
export const connections: readonly AnyConnection[] = [
  emailSmtp,
  googleOauth,
  postgresLogin,
  supabaseKey,
  modelAnthropic,
  modelOpenai,
  httpHeader,
  httpBearer,
  httpBasic,
  httpQuery,
  httpOauth2,
  whatsappEvolution,
  whatsappCloud,
  slackBot,
  stripeKey,
  cloudflareToken,
]

const byId = new Map<string, AnyNode>(catalog.map((node) => [node.id, node]))

/** The code of a node, at the version we ship; undefined for an unknown type or version. */
export function findDefinition(type: string, version: number): AnyNode | undefined {
  const node = byId.get(type)
  return node?.version === version ? node : undefined
}

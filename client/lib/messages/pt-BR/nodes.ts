import type { NodeWords } from '../node-words.ts'
import { agentNodes } from './nodes/agent.ts'
import { cloudflareNodes } from './nodes/cloudflare.ts'
import { coreNodes } from './nodes/core.ts'
import { emailNodes } from './nodes/email.ts'
import { flowMoreNodes } from './nodes/flow-more.ts'
import { googleNodes } from './nodes/google.ts'
import { graphqlNodes } from './nodes/graphql.ts'
import { peopleNodes } from './nodes/people.ts'
import { postgresNodes } from './nodes/postgres.ts'
import { slackNodes } from './nodes/slack.ts'
import { stateNodes } from './nodes/state.ts'
import { stripeNodes } from './nodes/stripe.ts'
import { supabaseNodes } from './nodes/supabase.ts'
import { whatsappNodes } from './nodes/whatsapp.ts'

/** By node id, with `_` for the dot: message keys cannot hold one. One file for each service. */
export const nodes: Readonly<Record<string, NodeWords>> = {
  ...coreNodes,
  ...flowMoreNodes,
  ...cloudflareNodes,
  ...emailNodes,
  ...googleNodes,
  ...graphqlNodes,
  ...postgresNodes,
  ...slackNodes,
  ...stripeNodes,
  ...supabaseNodes,
  ...whatsappNodes,
  ...agentNodes,
  ...stateNodes,
  ...peopleNodes,
}

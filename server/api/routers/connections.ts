import { z } from 'zod'
import { ConnectionLimits } from '#nodes/kit/reliability.ts'
import { createConnection } from '#server/connections/create.ts'
import { Hosts } from '#server/connections/hosts.ts'
import { connectionKinds } from '#server/connections/kinds.ts'
import { listConnections } from '#server/connections/list.ts'
import { startOauth } from '#server/connections/oauth-start.ts'
import { removeConnection } from '#server/connections/remove.ts'
import { testConnection } from '#server/connections/test.ts'
import { updateConnection } from '#server/connections/update.ts'
import { ById, Id, Name } from '../inputs.ts'
import { memberProcedure, router } from '../trpc.ts'

const reads = memberProcedure('connection.read')
const edits = memberProcedure('connection.manage')

/** Checked against the kind by the verb. */
const Fields = z.record(z.string().max(100), z.unknown())

export const connectionsRouter = router({
  kinds: reads.query(() => connectionKinds),
  list: reads.query(({ ctx }) => listConnections(ctx.scope)),
  create: edits
    .input(z.strictObject({ name: Name, kind: z.string().max(100), hosts: Hosts.optional(), fields: Fields }))
    .mutation(({ ctx, input }) => createConnection({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  update: edits
    .input(
      z.strictObject({
        id: Id,
        name: Name.optional(),
        hosts: Hosts.optional(),
        fields: Fields.optional(),
        /** In place of its kind's; `{}` takes the kind's again. */
        limits: ConnectionLimits.optional(),
      }),
    )
    .mutation(({ ctx, input }) => updateConnection({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  test: edits
    .input(ById)
    .mutation(({ ctx, input }) => testConnection({ scope: ctx.scope, door: ctx.parts.runtime.door }, input)),
  oauthStart: edits.input(ById).mutation(({ ctx, input }) => {
    const { baseUrl, runtime } = ctx.parts
    const { sessionId } = ctx.user
    return startOauth({ scope: ctx.scope, door: runtime.door, baseUrl, sessionId }, input)
  }),
  remove: edits.input(ById).mutation(({ ctx, input }) => removeConnection(ctx.scope, input)),
})

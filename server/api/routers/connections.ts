import { z } from 'zod'
import { createConnection } from '#server/connections/create.ts'
import { Hosts } from '#server/connections/hosts.ts'
import { connectionKinds } from '#server/connections/kinds.ts'
import { listConnections } from '#server/connections/list.ts'
import { removeConnection } from '#server/connections/remove.ts'
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
    .input(z.strictObject({ name: Name, kind: z.string().max(100), hosts: Hosts, fields: Fields }))
    .mutation(({ ctx, input }) => createConnection({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  update: edits
    .input(
      z.strictObject({ id: Id, name: Name.optional(), hosts: Hosts.optional(), fields: Fields.optional() }),
    )
    .mutation(({ ctx, input }) => updateConnection({ scope: ctx.scope, vault: ctx.parts.vault }, input)),
  remove: edits.input(ById).mutation(({ ctx, input }) => removeConnection(ctx.scope, input)),
})

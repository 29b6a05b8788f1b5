import { z } from 'zod'
import type { AppClient } from '#server/db/open.ts'

/** The trigger a public address belongs to: all that is known before the tenant is. */
export interface Hook {
  tenantId: string
  workflowId: string
  version: number
  nodeKey: string
  answer: 'at_once' | 'when_done' | 'by_node'
}

const Row = z.object({
  tenantId: z.string(),
  workflowId: z.string(),
  version: z.number(),
  nodeKey: z.string(),
  answer: z.enum(['at_once', 'when_done', 'by_node']),
})

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The form every hook's path has. Compared as sent: an encoded or doubled slash is another address. */
const PATH = /^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/

interface Address {
  slug: string
  method: string
  path: string
}

export async function findHook(app: AppClient, { slug, method, path }: Address): Promise<Hook | null> {
  if (!PATH.test(path)) return null
  const rows = await app.$queryRaw`
    select tenant_id as "tenantId", workflow_id as "workflowId", version, node_key as "nodeKey", answer
    from resolve_hook(${slug}, ${method}, ${path})`
  return z.array(Row).parse(rows)[0] ?? null
}

/** Which methods the address does take; none when it is nobody's. */
export async function methodsOf(app: AppClient, { slug, path }: Omit<Address, 'method'>): Promise<string[]> {
  if (!PATH.test(path)) return []
  const rows = await app.$queryRaw`
    select method from unnest(${METHODS}::text[]) method
    where exists (select from resolve_hook(${slug}, method, ${path}))`
  return z
    .array(z.object({ method: z.string() }))
    .parse(rows)
    .map(({ method }) => method)
}

import { z } from 'zod'
import type { AppClient } from '#server/db/open.ts'

/** The trigger a public address belongs to: all that is known before the tenant is. */
export interface Hook {
  tenantId: string
  workflowId: string
  version: number
  nodeKey: string
  kind: HookKind
  /** How a webhook answers; the other kinds answer in their own way. */
  answer: 'at_once' | 'when_done' | 'by_node' | 'by_trigger'
  /** What follows a chat's or form's own address: `messages` in `chat/support/messages`. */
  rest: string
}

export type HookKind = z.infer<typeof Kind>
const Kind = z.enum(['webhook', 'event', 'chat', 'form'])

const Row = z.object({
  tenantId: z.string(),
  workflowId: z.string(),
  version: z.number(),
  nodeKey: z.string(),
  kind: Kind,
  answer: z.enum(['at_once', 'when_done', 'by_node', 'by_trigger']),
})

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The form every hook's path has. Compared as sent: an encoded or doubled slash is another address. */
const PATH = /^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*$/

/** A public address as it was asked for. */
export interface Address {
  slug: string
  method: string
  path: string
}

export async function findHook(app: AppClient, { slug, method, path }: Address): Promise<Hook | null> {
  if (!PATH.test(path)) return null
  const { own, rest } = split(path)
  const rows = await app.$queryRaw`
    select tenant_id as "tenantId", workflow_id as "workflowId", version, node_key as "nodeKey", kind, answer
    from resolve_hook(${slug}, ${method}, ${own})`
  const [row] = z.array(Row).parse(rows)
  return row ? { ...row, rest } : null
}

/** Which methods the address does take; none when it is nobody's. */
export async function methodsOf(app: AppClient, { slug, path }: Omit<Address, 'method'>): Promise<string[]> {
  if (!PATH.test(path)) return []
  const rows = await app.$queryRaw`
    select method from unnest(${METHODS}::text[]) method
    where exists (select from resolve_hook(${slug}, method, ${split(path).own}))`
  return z
    .array(z.object({ method: z.string() }))
    .parse(rows)
    .map(({ method }) => method)
}

/** Chats and forms have more than one address, all below their own: `chat/<path>/…`. */
function split(path: string): { own: string; rest: string } {
  const [place = '', name, ...rest] = path.split('/')
  if (name === undefined || !['chat', 'forms'].includes(place)) return { own: path, rest: '' }
  return { own: `${place}/${name}`, rest: rest.join('/') }
}

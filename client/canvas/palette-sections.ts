import type { NodeInfo } from '#nodes/graph/node-info.ts'
import type { NodeGroup } from '#nodes/kit/define-node.ts'
import { serviceOf } from './search-nodes.ts'

/** What stands together in the palette; `service` is a name, the same in every language. */
export interface Section {
  group: NodeGroup
  service?: string
  entries: NodeInfo[]
}

const groups: readonly NodeGroup[] = ['trigger', 'agent', 'logic', 'data', 'person', 'app']

const serviceNames: Readonly<Record<string, string>> = {
  http: 'HTTP',
  graphql: 'GraphQL',
  gmail: 'Gmail',
  sheets: 'Google Sheets',
  whatsapp: 'WhatsApp',
  slack: 'Slack',
  stripe: 'Stripe',
  supabase: 'Supabase',
  postgres: 'PostgreSQL',
  cloudflare: 'Cloudflare',
  email: 'SMTP',
}

/** Kinds of nodes by group; a service with several has a heading of its own, after those that stand alone. */
export function paletteSections(entries: readonly NodeInfo[]): Section[] {
  return groups.flatMap((group): Section[] => {
    const own = entries.filter((info) => info.group === group)
    if (group !== 'app') return own.length > 0 ? [{ group, entries: own }] : []
    const byService = new Map<string, NodeInfo[]>()
    for (const info of own) {
      const service = serviceOf(info.id)
      byService.set(service, [...(byService.get(service) ?? []), info])
    }
    const alone = [...byService.values()].filter((list) => list.length === 1).flat()
    const several = [...byService].filter(([, list]) => list.length > 1)
    return [
      ...(alone.length > 0 ? [{ group, entries: alone }] : []),
      ...several.map(([service, list]) => ({
        group,
        service: serviceNames[service] ?? service,
        entries: list,
      })),
    ]
  })
}

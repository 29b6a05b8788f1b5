import { Bot, CodeXml, Globe, type LucideIcon, Play, Plug, Send, TriangleAlert, Workflow } from 'lucide-react'
import { useLocale } from 'use-intl'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Capabilities } from '#nodes/graph/library/capabilities.ts'
import { useCatalog } from './use-catalog.ts'
import { useConnectionKinds } from './use-connection-kinds.ts'

interface Line {
  icon: LucideIcon
  text: string
  /** Worth a second look before installing or approving. */
  notable?: boolean
}

/** What a workflow is able to do, in plain words. */
export function Abilities({ can, none }: { can: Capabilities; none?: string }) {
  const t = useT('library')
  const lines = useLines(can)
  if (lines.length === 0) return <p className="text-muted">{none ?? t('can.nothing')}</p>
  return (
    <ul className="flex flex-col gap-1.5">
      {lines.map(({ icon: Icon, text, notable }) => (
        <li key={text} className="flex items-start gap-2">
          <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${notable ? 'text-warn' : 'text-faint'}`} />
          <span className="min-w-0 break-words">{text}</span>
        </li>
      ))}
    </ul>
  )
}

function useLines(can: Capabilities): Line[] {
  const t = useT('library')
  const { list } = useFormat()
  const { titleOf } = useCatalog()
  const either = new Intl.ListFormat(useLocale(), { type: 'disjunction' })
  const kinds = useConnectionKinds()
  const named = (types: readonly string[]) => list(types.map(titleOf))
  const counted = (nodes: Capabilities['nodes']) =>
    list(nodes.map(({ type, count }) => (count > 1 ? `${titleOf(type)} (×${count})` : titleOf(type))))
  const changing = can.nodes.filter(
    ({ effect, type }) => ['once', 'idempotent'].includes(effect) && !inside(type),
  )
  const others = can.nodes.filter((node) => !changing.includes(node))
  const line = (shown: boolean, icon: LucideIcon, text: string, notable = false): Line[] =>
    shown ? [{ icon, text, notable }] : []
  return [
    ...line(can.triggers.length > 0, Play, t('can.starts', { list: named(can.triggers) })),
    ...line(changing.length > 0, Send, t('can.changes', { list: counted(changing) })),
    ...line(can.hosts.length > 0, Globe, t('can.hosts', { list: list(can.hosts) })),
    ...line(can.anyHost, Globe, t('can.anyHost'), true),
    ...line(can.code, CodeXml, t('can.code'), true),
    ...can.agents.map(
      ({ node, tools }): Line => ({
        icon: Bot,
        text: `${tools.length > 0 ? t('can.agent', { list: named(tools) }) : t('can.agentAlone')} (${node})`,
      }),
    ),
    ...can.connections.map(
      (one): Line => ({
        icon: Plug,
        text: t('can.connections', { list: either.format(one.map(kinds.titleOf)) }),
      }),
    ),
    ...line(others.length > 0, Workflow, t('can.uses', { list: counted(others) })),
    ...line(can.unknown.length > 0, TriangleAlert, t('can.unknown', { list: list(can.unknown) }), true),
  ]
}

/** Steps of the workflow's own: answering its caller changes nothing of anybody else's. */
const inside = (type: string) => /^(flow|data|trigger)\./.test(type)

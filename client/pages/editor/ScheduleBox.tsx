import { useQuery } from '@tanstack/react-query'
import { useLocale } from 'use-intl'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'

const EVERY_MS = 30_000

export interface ScheduleBoxProps {
  node: DocumentNode
  info: NodeInfo
  workflow: { id: string; publishedVersion: number | null }
}

/** Of a schedule that has missed times: which, and why nothing started then. */
export function ScheduleBox({ node, info, workflow }: ScheduleBoxProps) {
  const t = useT('editor')
  const locale = useLocale()
  const trpc = useTRPC()
  const enabled = info.starts === 'schedule' && workflow.publishedVersion !== null
  const { data } = useQuery(
    trpc.workflows.schedules.queryOptions({ id: workflow.id }, { enabled, refetchInterval: EVERY_MS }),
  )
  const schedule = enabled ? data?.find(({ nodeKey }) => nodeKey === node.key) : undefined
  if (!schedule || schedule.misses.length === 0) return null
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: schedule.zone,
  })
  return (
    <section className="flex flex-col gap-1.5 rounded-sm border border-line bg-sunken/60 p-3 text-sm">
      <h3 className="font-medium">{t('schedule.missed')}</h3>
      <ul className="flex flex-col gap-1 text-muted">
        {schedule.misses.map(({ at, until, times, reason }) => (
          <li key={at} className="tabular-nums">
            {at === until ? format.format(new Date(at)) : format.formatRange(new Date(at), new Date(until))}
            {' · '}
            {t(`schedule.reason.${reasonOf(reason)}`, {
              times: times ?? 1_000,
              many: String(times === null),
            })}
          </li>
        ))}
      </ul>
    </section>
  )
}

const reasonOf = (reason: string) => (reason === 'superseded' || reason === 'too_old' ? reason : 'skipped')

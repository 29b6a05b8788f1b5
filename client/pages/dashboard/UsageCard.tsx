import { useQuery } from '@tanstack/react-query'
import { useFormat } from '#client/lib/format.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Card } from './Card.tsx'

/** What the tenant may use, and how much of it is used. */
export function UsageCard() {
  const t = useT('monitoring')
  const format = useFormat()
  const trpc = useTRPC()
  const { data } = useQuery(trpc.usage.get.queryOptions({ days: 30 }, { refetchInterval: 30_000 }))
  if (!data) return null
  const { limits, used } = data
  const megabytes = (value: number) => format.bytes(value * 1024 * 1024)
  const lines = [
    { name: 'concurrentRuns', used: used.concurrentRuns, limit: limits.concurrentRuns, write: format.number },
    { name: 'queuedRuns', used: used.queuedRuns, limit: limits.queuedRuns, write: format.number },
    ...(limits.dailyRuns === null
      ? []
      : [
          { name: 'runsToday', used: used.runsToday, limit: limits.dailyRuns, write: format.number } as const,
        ]),
    { name: 'storageMb', used: used.storageMb, limit: limits.storageMb, write: megabytes },
    { name: 'monthCostUsd', used: used.monthCostUsd, limit: limits.monthlyCostUsd, write: format.usd },
  ] as const
  return (
    <Card title={t('dashboard.usage.title')} className="col-span-full">
      <ul className="grid auto-cols-fr grid-flow-col gap-6 phone:grid-flow-row phone:grid-cols-1 phone:gap-3">
        {lines.map(({ name, used: now, limit, write }) => (
          <li key={name}>
            <div className="text-muted text-sm">{t(`dashboard.usage.${name}`)}</div>
            <div className="mt-0.5 tabular-nums">
              {limit === null
                ? t('dashboard.usage.unlimited', { used: write(now) })
                : t('dashboard.usage.of', { used: write(now), limit: write(limit) })}
            </div>
            {limit !== null && <Meter part={limit === 0 ? 1 : now / limit} />}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** How full it is; the words beside it say the same. */
function Meter({ part }: { part: number }) {
  const tone = part >= 1 ? 'bg-bad' : part >= 0.8 ? 'bg-warn' : 'bg-accent'
  return (
    <div aria-hidden className="mt-2 h-1 rounded-full bg-sunken">
      <div className={`h-1 rounded-full ${tone}`} style={{ width: `${Math.min(1, part) * 100}%` }} />
    </div>
  )
}

import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Card } from './Card.tsx'
import { Chart, type Series } from './Chart.tsx'
import type { Bucket, Days } from './figures.ts'

const outcomes = [
  { key: 'succeeded', colour: 'var(--good)' },
  { key: 'failed', colour: 'var(--bad)' },
  { key: 'cancelled', colour: 'var(--edge)' },
] as const

/** How runs ended, over time. */
export function OutcomeChart(props: { buckets: readonly Bucket[]; days: Days; className?: string }) {
  const { buckets, days, className } = props
  const t = useT('monitoring')
  const format = useFormat()
  const sum = (key: (typeof outcomes)[number]['key']) => buckets.reduce((all, bucket) => all + bucket[key], 0)
  const series = outcomes.map(
    ({ key, colour }): Series => ({ key, colour, label: t(`dashboard.outcomes.${key}`) }),
  )
  return (
    <Card
      title={t('dashboard.outcomes.title')}
      className={className}
      aside={
        <span className="flex flex-wrap gap-x-4">
          {outcomes.map(({ key, colour }) => (
            <span key={key} className="flex items-center gap-1.5">
              <span aria-hidden className="size-2 rounded-xs" style={{ background: colour }} />
              {t(`dashboard.outcomes.${key}`)} <span className="tabular-nums">{format.number(sum(key))}</span>
            </span>
          ))}
        </span>
      }
    >
      <Chart
        buckets={buckets}
        days={days}
        series={series}
        write={format.number}
        whenLabel={t('dashboard.outcomes.when')}
        summary={t('dashboard.outcomes.summary', {
          succeeded: sum('succeeded'),
          failed: sum('failed'),
          cancelled: sum('cancelled'),
        })}
      />
    </Card>
  )
}

import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Card } from './Card.tsx'
import { Chart } from './Chart.tsx'
import type { Bucket, Days } from './figures.ts'

/** What models cost, over time. */
export function CostChart(props: { buckets: readonly Bucket[]; days: Days; total: number }) {
  const { buckets, days, total } = props
  const t = useT('monitoring')
  const format = useFormat()
  return (
    <Card title={t('dashboard.cost.title')} aside={<span className="tabular-nums">{format.usd(total)}</span>}>
      {total === 0 ? (
        <p className="text-muted">{t('dashboard.cost.none')}</p>
      ) : (
        <Chart
          buckets={buckets}
          days={days}
          series={[{ key: 'costUsd', label: t('dashboard.cost.amount'), colour: 'var(--violet)' }]}
          write={format.usd}
          fractions
          whenLabel={t('dashboard.outcomes.when')}
          summary={`${t('dashboard.cost.title')}: ${format.usd(total)}`}
        />
      )}
    </Card>
  )
}

import type { ReactNode } from 'react'
import { useLocale } from 'use-intl'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { formatDuration } from '#client/ui/duration.ts'
import { Card } from './Card.tsx'
import type { Figures } from './figures.ts'

/** What runs and what stands in line at this moment. */
export function QueueNow({ queue, waitMs }: Pick<Figures, 'queue' | 'waitMs'>) {
  const t = useT('monitoring')
  const format = useFormat()
  const locale = useLocale()
  const { p50, p95 } = waitMs
  return (
    <Card title={t('dashboard.queue.title')}>
      <dl className="flex flex-col divide-y divide-line">
        <Line name={t('dashboard.queue.running')}>{format.number(queue.running)}</Line>
        <Line name={t('dashboard.queue.queued')}>{format.number(queue.queued)}</Line>
        <Line name={t('dashboard.queue.waiting')}>{format.number(queue.waiting)}</Line>
        <Line name={t('dashboard.queue.oldest')}>
          {queue.oldestQueuedMs === null ? (
            <span className="font-normal text-faint">{t('dashboard.queue.none')}</span>
          ) : (
            <Duration ms={queue.oldestQueuedMs} />
          )}
        </Line>
      </dl>
      {p50 !== null && p95 !== null && (
        <p className="mt-3 text-muted text-sm">
          {t('dashboard.queue.wait')}:{' '}
          {t('dashboard.queue.waitValue', {
            p50: formatDuration(p50, locale),
            p95: formatDuration(p95, locale),
          })}
        </p>
      )}
    </Card>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline gap-3 py-2 first:pt-0">
      <dt className="text-muted">{name}</dt>
      <dd className="ml-auto font-medium tabular-nums">{children}</dd>
    </div>
  )
}

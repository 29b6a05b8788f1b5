import { useFormat } from '#client/lib/format.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Duration } from '#client/ui/Duration.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { Card } from '../dashboard/Card.tsx'

type Row = Outputs['admin']['queue']['depthByTenant'][number]

/** The longest lines first. */
export function LineByTenant({ rows }: { rows: readonly Row[] | undefined }) {
  const t = useT('monitoring')
  const format = useFormat()
  const head = 'py-1.5 pl-4 text-right font-normal'
  return (
    <Card title={t('admin.work.line')}>
      {!rows && <Skeleton className="h-16" />}
      {rows?.length === 0 && <p className="text-muted">{t('admin.work.lineNone')}</p>}
      {rows && rows.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-left">
            <thead className="text-faint text-sm">
              <tr>
                <th className="py-1.5 font-normal">{t('admin.tenants.columns.name')}</th>
                <th className={head}>{t('admin.tenants.columns.queued')}</th>
                <th className={head}>{t('admin.work.oldest')}</th>
                <th className={head}>{t('admin.tenants.columns.running')}</th>
                <th className={head}>{t('admin.work.waiting')}</th>
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {rows.map(({ tenant, queued, running, waiting, oldestQueuedMs, paused, suspended }) => (
                <tr key={tenant.id} className="border-line border-t">
                  <td className="flex items-center gap-2 py-2 font-medium">
                    {tenant.name}
                    {suspended && <Tag tone="bad">{t('admin.tenants.suspended')}</Tag>}
                    {paused && <Tag tone="warn">{t('admin.tenants.paused')}</Tag>}
                  </td>
                  <td className="py-2 pl-4 text-right">{format.number(queued)}</td>
                  <td className="py-2 pl-4 text-right text-muted">
                    {oldestQueuedMs === null ? '–' : <Duration ms={oldestQueuedMs} />}
                  </td>
                  <td className="py-2 pl-4 text-right">{format.number(running)}</td>
                  <td className="py-2 pl-4 text-right">{format.number(waiting)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

import { useFormat } from '#client/lib/format.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { Card } from '../dashboard/Card.tsx'

type Row = Outputs['admin']['processes'][number]
const roles = ['all', 'web', 'worker', 'scheduler'] as const

/** The processes of the installation, and whether they are still there. */
export function Processes({ rows }: { rows: readonly Row[] | undefined }) {
  const t = useT('monitoring')
  const format = useFormat()
  const head = 'py-1.5 pl-4 text-right font-normal'
  return (
    <Card title={t('admin.work.processes')}>
      {!rows && <Skeleton className="h-16" />}
      {rows && (
        <div className="overflow-x-auto">
          <table className="w-full text-left">
            <thead className="text-faint text-sm">
              <tr>
                <th className="py-1.5 font-normal">{t('admin.work.process.role')}</th>
                <th className="py-1.5 pl-4 font-normal">{t('admin.work.process.host')}</th>
                <th className={head}>{t('admin.work.process.runs')}</th>
                <th className={head}>{t('admin.work.process.started')}</th>
                <th className={head}>{t('admin.work.process.seen')}</th>
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {rows.map(({ id, role, host, pid, version, runs, startedAt, seenAt, alive }) => (
                <tr key={id} className="border-line border-t">
                  <td className="py-2 font-medium">
                    <span className="flex items-center gap-2">
                      {t(`admin.work.roles.${roles.find((one) => one === role) ?? 'all'}`)}
                      {!alive && <Tag tone="bad">{t('admin.work.gone')}</Tag>}
                    </span>
                  </td>
                  <td className="py-2 pl-4 text-muted">
                    {host} <span className="text-faint">{`${pid} · ${version}`}</span>
                  </td>
                  <td className="py-2 pl-4 text-right">{format.number(runs)}</td>
                  <td className="py-2 pl-4 text-right text-muted">
                    <TimeAgo at={startedAt} />
                  </td>
                  <td className="py-2 pl-4 text-right text-muted">
                    <TimeAgo at={seenAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

import { useFormat } from '#client/lib/format.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Card } from '../dashboard/Card.tsx'

/** Who the runs are of: the busiest first. */
export function ByTenant({ tenants }: { tenants: Outputs['admin']['dashboard']['tenants'] }) {
  const t = useT('monitoring')
  const format = useFormat()
  const columns = ['running', 'queued', 'runs', 'failed', 'cost'] as const
  return (
    <Card title={t('admin.byTenant')} className="col-span-full">
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <thead className="text-faint text-sm">
            <tr>
              <th className="py-1.5 font-normal">{t('admin.tenants.columns.name')}</th>
              {columns.map((name) => (
                <th key={name} className="py-1.5 pl-4 text-right font-normal">
                  {t(`admin.tenants.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {tenants.map(({ id, name, running, queued, runs, failed, costUsd }) => (
              <tr key={id} className="border-line border-t">
                <td className="py-2 font-medium">{name}</td>
                <td className="py-2 pl-4 text-right">{format.number(running)}</td>
                <td className="py-2 pl-4 text-right">{format.number(queued)}</td>
                <td className="py-2 pl-4 text-right">{format.number(runs)}</td>
                <td className="py-2 pl-4 text-right">{format.number(failed)}</td>
                <td className="py-2 pl-4 text-right">{format.usd(costUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

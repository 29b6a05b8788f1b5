import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import type { TenantRow } from './row.ts'
import { TenantMenu, TenantState } from './TenantMenu.tsx'
import type { TenantActs } from './tenants.tsx'

export function TenantPhoneRow({ row, acts }: { row: TenantRow; acts: TenantActs }) {
  const t = useT('monitoring')
  const format = useFormat()
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{row.name}</span>
          <TenantState row={row} />
        </p>
        <p className="truncate text-muted text-sm tabular-nums">
          {t('admin.tenants.columns.running')} {format.number(row.running)} ·{' '}
          {t('admin.tenants.columns.queued')} {format.number(row.queued)}
        </p>
      </div>
      <TenantMenu row={row} acts={acts} />
    </div>
  )
}

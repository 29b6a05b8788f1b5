import { useMemo } from 'react'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import type { TenantRow } from './row.ts'
import { TenantMenu, TenantState } from './TenantMenu.tsx'
import type { TenantActs } from './tenants.tsx'

export function useTenantColumns(acts: TenantActs) {
  const t = useT('monitoring')
  const format = useFormat()
  return useMemo<Column<TenantRow>[]>(() => {
    const figure = (id: 'running' | 'queued' | 'runs' | 'failed', width: string): Column<TenantRow> => ({
      id,
      header: t(`admin.tenants.columns.${id}`),
      width,
      align: 'end',
      cell: (row) => <span className="text-muted">{format.number(row[id])}</span>,
    })
    return [
      {
        id: 'name',
        header: t('admin.tenants.columns.name'),
        width: 'minmax(12rem, 1fr)',
        cell: (row) => (
          <button
            type="button"
            data-row-link
            aria-label={t('admin.tenants.limits', { name: row.name })}
            onClick={() => acts.onLimits(row)}
            className="truncate rounded-xs text-left font-medium outline-offset-4"
          >
            {row.name} <span className="font-normal text-faint">{row.slug}</span>
          </button>
        ),
      },
      {
        id: 'state',
        header: t('admin.tenants.columns.state'),
        width: '8rem',
        cell: (row) => <TenantState row={row} />,
      },
      figure('running', '6rem'),
      figure('queued', '6rem'),
      figure('runs', '8rem'),
      figure('failed', '6rem'),
      {
        id: 'cost',
        header: t('admin.tenants.columns.cost'),
        width: '8rem',
        align: 'end',
        cell: (row) => <span className="text-muted">{format.usd(row.costUsd)}</span>,
      },
      {
        id: 'actions',
        header: t('admin.tenants.columns.actions'),
        hideHeader: true,
        width: '2.75rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <TenantMenu row={row} acts={acts} />,
      },
    ]
  }, [t, format, acts])
}

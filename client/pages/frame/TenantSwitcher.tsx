import { clsx } from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import type { Tenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Popover } from '#client/ui/Popover.tsx'
import { TenantList } from './TenantList.tsx'
import { TenantTile } from './TenantTile.tsx'

/** Which tenant this is, and the way to another. */
export function TenantSwitcher({ tenant, narrow }: { tenant: Tenant; narrow?: boolean }) {
  const t = useT('shell')
  const [open, setOpen] = useState(false)
  return (
    <Popover
      label={t('tenants.label')}
      open={open}
      onOpenChange={setOpen}
      side={narrow ? 'right' : 'bottom'}
      className="w-64 p-1"
      trigger={
        <button
          type="button"
          aria-label={t('tenants.current', { name: tenant.name })}
          className={clsx(
            'flex h-9 min-w-0 items-center gap-2.5 rounded-sm transition-colors duration-[120ms] hover:bg-hover aria-expanded:bg-hover',
            narrow ? 'w-9 justify-center' : 'px-1.5',
          )}
        >
          <TenantTile name={tenant.name} />
          {!narrow && (
            <>
              <span className="min-w-0 grow truncate text-left font-semibold">{tenant.name}</span>
              <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-faint" />
            </>
          )}
        </button>
      }
    >
      <TenantList current={tenant} onDone={() => setOpen(false)} />
    </Popover>
  )
}

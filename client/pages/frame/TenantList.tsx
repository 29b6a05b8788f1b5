import { clsx } from 'clsx'
import { Check, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { type Tenant, useSession } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { TextInput } from '#client/ui/TextInput.tsx'
import { paths } from '../../paths.ts'
import { TenantTile } from './TenantTile.tsx'

const searchFrom = 7
const row = 'flex min-h-9 items-center gap-2.5 rounded-sm px-2 hover:bg-hover focus-visible:bg-hover'

/** The tenants one belongs to, found by name when there are many. */
export function TenantList({ current, onDone }: { current: Tenant; onDone: () => void }) {
  const t = useT('shell')
  const { tenants } = useSession()
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const found = tenants.filter(({ name, slug }) => `${name} ${slug}`.toLocaleLowerCase().includes(wanted))
  return (
    <>
      {tenants.length >= searchFrom && (
        <div className="p-1">
          <TextInput
            type="search"
            icon={<Search />}
            aria-label={t('tenants.search')}
            placeholder={t('tenants.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      )}
      <ul className="max-h-72 overflow-y-auto">
        {found.map((tenant) => (
          <li key={tenant.id}>
            <Link
              to={paths.workflows(tenant.slug)}
              onClick={onDone}
              aria-current={tenant.id === current.id ? 'true' : undefined}
              className={row}
            >
              <TenantTile name={tenant.name} />
              <span className="min-w-0 grow truncate">{tenant.name}</span>
              <span className="text-faint text-xs">{t(`roles.${tenant.role}`)}</span>
              <Check
                aria-hidden
                className={clsx('size-4 shrink-0 text-accent', tenant.id !== current.id && 'invisible')}
              />
            </Link>
          </li>
        ))}
        {found.length === 0 && <li className="px-2 py-3 text-muted text-sm">{t('tenants.none')}</li>}
      </ul>
      <div className="-mx-1 my-1 h-px bg-line" />
      <Link to={paths.newTenant()} onClick={onDone} className={row}>
        <span className="flex size-6 items-center justify-center text-faint">
          <Plus aria-hidden className="size-4" />
        </span>
        {t('tenants.create')}
      </Link>
    </>
  )
}

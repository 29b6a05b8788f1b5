import { Search, SlidersHorizontal } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { moreOf, usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { Page } from '../frame/Page.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { DefaultsDialog } from './DefaultsDialog.tsx'
import { LimitsDialog } from './LimitsDialog.tsx'
import type { TenantRow } from './row.ts'
import { SuspendDialog } from './SuspendDialog.tsx'
import { TenantPhoneRow } from './TenantPhoneRow.tsx'
import { useTenantColumns } from './use-columns.tsx'

export interface TenantActs {
  onLimits: (row: TenantRow) => void
  onSuspend: (row: TenantRow) => void
}

/** Every tenant: what it does, what it may, and the ways to stop it. */
export default function AdminTenants() {
  const t = useT('monitoring')
  const [search, setSearch] = useState('')
  const { list, rows } = useTenants(useDeferredValue(search.trim()))
  const [limited, setLimited] = useState<TenantRow | null>(null)
  const [suspended, setSuspended] = useState<TenantRow | null>(null)
  const [defaults, setDefaults] = useState(false)
  const [acts] = useState<TenantActs>({ onLimits: setLimited, onSuspend: setSuspended })
  const columns = useTenantColumns(acts)
  return (
    <Page
      title={t('admin.tenants.title')}
      actions={
        <Button icon={<SlidersHorizontal aria-hidden />} onClick={() => setDefaults(true)}>
          {t('admin.tenants.defaults')}
        </Button>
      }
      filters={
        <TextInput
          type="search"
          icon={<Search />}
          aria-label={t('admin.tenants.search')}
          placeholder={t('admin.tenants.search')}
          className="max-w-80 phone:max-w-none"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      }
      className="flex flex-col"
    >
      {list.error && !rows ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : rows?.length === 0 ? (
        <EmptyState drawing="search" title={t('admin.tenants.none')} />
      ) : (
        <ListTable
          label={t('admin.tenants.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          phoneRow={(row) => <TenantPhoneRow row={row} acts={acts} />}
          {...moreOf(list)}
        />
      )}
      <LimitsDialog row={limited} onClose={() => setLimited(null)} />
      <SuspendDialog row={suspended} onClose={() => setSuspended(null)} />
      <DefaultsDialog open={defaults} onOpenChange={setDefaults} />
    </Page>
  )
}

function useTenants(search: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const wanted = search ? { search } : {}
  return usePages({
    queryKey: trpc.admin.tenants.infiniteQueryKey(wanted),
    ask: ({ cursor, signal }) => client.admin.tenants.query({ ...wanted, cursor }, { signal }),
    keep: true,
    refetchInterval: 10_000,
  })
}

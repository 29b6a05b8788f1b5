import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Page } from '../frame/Page.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { AuditFilters, type AuditNarrowing } from './AuditFilters.tsx'
import { AuditTable } from './AuditTable.tsx'
import type { AuditRow } from './row.ts'

interface AuditPageProps {
  keyOf: (narrowing: AuditNarrowing) => QueryKey
  ask: (
    input: AuditNarrowing & { cursor: string | undefined },
    options: { signal: AbortSignal },
  ) => Promise<{ items: AuditRow[]; next: string | null }>
  /** Says whose each entry is. */
  tenants?: boolean
}

/** An audit log with its filters: of a tenant, or of the installation. */
export function AuditPage({ keyOf, ask, tenants }: AuditPageProps) {
  const t = useT('monitoring')
  const [narrowing, setNarrowing] = useState<AuditNarrowing>({})
  const { list, rows } = usePages({
    queryKey: keyOf(narrowing),
    ask: ({ cursor, signal }) => ask({ ...narrowing, cursor }, { signal }),
    keep: true,
  })
  return (
    <Page
      title={t('audit.title')}
      filters={<AuditFilters onChange={setNarrowing} />}
      className="flex flex-col"
    >
      {list.error && !rows ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <AuditTable list={list} rows={rows} narrowed={Object.keys(narrowing).length > 0} tenants={tenants} />
      )}
    </Page>
  )
}

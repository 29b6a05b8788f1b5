import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { AuditFilters, type AuditNarrowing } from '../audit/AuditFilters.tsx'
import { AuditTable } from '../audit/AuditTable.tsx'
import { Page } from '../frame/Page.tsx'
import { Trouble } from '../frame/Trouble.tsx'

const firstPage = (): string | undefined => undefined

/** What administrators of the installation did, to whichever tenant. */
export default function AdminAudit() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [narrowing, setNarrowing] = useState<AuditNarrowing>({})
  const list = useInfiniteQuery({
    queryKey: trpc.admin.audit.infiniteQueryKey(narrowing),
    queryFn: ({ pageParam, signal }) =>
      client.admin.audit.query({ ...narrowing, cursor: pageParam }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={t('audit.title')}
      filters={<AuditFilters onChange={setNarrowing} />}
      className="flex flex-col"
    >
      {list.error && !list.data ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <AuditTable list={list} narrowed={Object.keys(narrowing).length > 0} tenants />
      )}
    </Page>
  )
}

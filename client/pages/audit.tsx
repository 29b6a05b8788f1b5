import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { AuditFilters, type AuditNarrowing } from './audit/AuditFilters.tsx'
import { AuditTable } from './audit/AuditTable.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'

/** Who changed what in this tenant. */
export default function Audit() {
  const t = useT('monitoring')
  if (useCan('administer')) return <AuditList />
  return (
    <Page title={t('audit.title')}>
      <EmptyState drawing="locked" title={t('audit.deniedTitle')}>
        {t('audit.deniedBody')}
      </EmptyState>
    </Page>
  )
}

const firstPage = (): string | undefined => undefined

function AuditList() {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [narrowing, setNarrowing] = useState<AuditNarrowing>({})
  const list = useInfiniteQuery({
    queryKey: trpc.audit.list.infiniteQueryKey(narrowing),
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query({ ...narrowing, cursor: pageParam }, { signal }),
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
        <AuditTable list={list} narrowed={Object.keys(narrowing).length > 0} />
      )}
    </Page>
  )
}

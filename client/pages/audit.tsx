import { useCan } from '#client/lib/session.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { AuditPage } from './audit/AuditPage.tsx'
import { Page } from './frame/Page.tsx'

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

function AuditList() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return <AuditPage keyOf={trpc.audit.list.infiniteQueryKey} ask={client.audit.list.query} />
}

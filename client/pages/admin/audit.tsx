import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { AuditPage } from '../audit/AuditPage.tsx'

/** What administrators of the installation did, to whichever tenant. */
export default function AdminAudit() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return <AuditPage keyOf={trpc.admin.audit.infiniteQueryKey} ask={client.admin.audit.query} tenants />
}

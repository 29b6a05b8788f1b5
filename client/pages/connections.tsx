import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { ConnectionDialog } from './connections/ConnectionDialog.tsx'
import { ConnectionPhoneRow } from './connections/ConnectionPhoneRow.tsx'
import type { ConnectionRow } from './connections/row.ts'
import { useConnectionColumns } from './connections/use-columns.tsx'
import { useReturn } from './connections/use-return.ts'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'

export default function Connections() {
  const t = useT('pages')
  const trpc = useTRPC()
  const manages = useCan('administer')
  const list = useQuery(trpc.connections.list.queryOptions())
  const kinds = useQuery(
    trpc.connections.kinds.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const [editing, setEditing] = useState<ConnectionRow | 'new' | null>(null)
  const columns = useConnectionColumns({ kinds: kinds.data ?? [], onEdit: setEditing })
  useReturn(list.data)
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
      {t('connections.create')}
    </Button>
  )
  const empty = list.data?.length === 0
  return (
    <Page title={t('connections.title')} actions={manages && !empty && create} className="flex flex-col">
      {list.error && !list.data ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : empty ? (
        <EmptyState drawing="connections" title={t('connections.emptyTitle')} action={manages && create}>
          {manages ? t('connections.emptyBody') : t('connections.emptyViewer')}
        </EmptyState>
      ) : (
        <ListTable
          label={t('connections.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={list.data}
          rowKey={({ id }) => id}
          phoneRow={(row) => <ConnectionPhoneRow row={row} kinds={kinds.data ?? []} onEdit={setEditing} />}
        />
      )}
      <ConnectionDialog kinds={kinds.data ?? []} connection={editing} onDone={() => setEditing(null)} />
    </Page>
  )
}

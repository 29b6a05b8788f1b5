import { useState } from 'react'
import { moreOf } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { AuditDetails } from './AuditDetails.tsx'
import type { AuditRow } from './row.ts'
import { ActionWords, useAuditColumns } from './use-columns.tsx'

interface AuditTableProps {
  list: Parameters<typeof moreOf>[0]
  /** Undefined while the first ones come. */
  rows: readonly AuditRow[] | undefined
  narrowed: boolean
  /** Says whose each entry is. */
  tenants?: boolean
}

/** The entries of an audit log; a click shows all of one. */
export function AuditTable({ list, rows, narrowed, tenants = false }: AuditTableProps) {
  const t = useT('monitoring')
  const [open, setOpen] = useState<AuditRow | null>(null)
  const columns = useAuditColumns({ onOpen: setOpen, tenants })
  if (rows?.length === 0)
    return (
      <EmptyState drawing="search" title={t(narrowed ? 'audit.noneTitle' : 'audit.emptyTitle')}>
        {t(narrowed ? 'audit.noneBody' : 'audit.emptyBody')}
      </EmptyState>
    )
  return (
    <>
      <ListTable
        label={t('audit.title')}
        className="min-h-0 grow"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        phoneRow={(row) => <AuditPhoneRow row={row} onOpen={setOpen} />}
        {...moreOf(list)}
      />
      <AuditDetails row={open} onClose={() => setOpen(null)} />
    </>
  )
}

function AuditPhoneRow({ row, onOpen }: { row: AuditRow; onOpen: (row: AuditRow) => void }) {
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-3">
        <ActionWords row={row} onOpen={onOpen} />
        <TimeAgo at={row.at} className="ml-auto shrink-0 text-faint text-sm" />
      </div>
      <p className="truncate text-muted text-sm">
        {row.actor.name} {row.subject.name && `· ${row.subject.name}`}
      </p>
    </div>
  )
}

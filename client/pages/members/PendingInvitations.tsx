import { useMutation, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { CopyButton } from '#client/ui/CopyButton.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { IconButton } from '#client/ui/IconButton.tsx'
import { type Column, ListTable } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { toast } from '#client/ui/toasts.ts'
import { paths } from '../../paths.ts'
import { Trouble } from '../frame/Trouble.tsx'
import type { InvitationRow } from './row.ts'

export interface PendingInvitationsProps {
  invitations: readonly InvitationRow[] | undefined
  error: unknown
  onRetry: () => void
}

export function PendingInvitations({ invitations, error, onRetry }: PendingInvitationsProps) {
  const t = useT('pages')
  const columns = useColumns()
  if (error && !invitations) return <Trouble error={error} onRetry={onRetry} />
  if (invitations?.length === 0) return <EmptyState drawing="people" title={t('members.pendingNone')} />
  return (
    <ListTable
      label={t('members.pending')}
      columns={columns}
      rows={invitations}
      rowKey={({ id }) => id}
      phoneRow={(row) => <PhoneRow row={row} />}
    />
  )
}

function useColumns() {
  const t = useT('pages')
  const shell = useT('shell')
  return useMemo<Column<InvitationRow>[]>(
    () => [
      {
        id: 'email',
        header: t('members.pendingColumns.email'),
        width: 'minmax(16rem, 1fr)',
        skeleton: '40%',
        cell: (row) => <span className="truncate font-medium">{row.email}</span>,
      },
      {
        id: 'role',
        header: t('members.pendingColumns.role'),
        width: '11rem',
        cell: (row) => <span className="text-muted">{shell(`roles.${row.role}`)}</span>,
      },
      {
        id: 'expires',
        header: t('members.pendingColumns.expires'),
        width: '8rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.expiresAt} className="text-muted" />,
      },
      {
        id: 'actions',
        header: t('members.pendingColumns.actions'),
        hideHeader: true,
        width: '5.5rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <Acts row={row} />,
      },
    ],
    [t, shell],
  )
}

function PhoneRow({ row }: { row: InvitationRow }) {
  const shell = useT('shell')
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <p className="truncate font-medium">{row.email}</p>
        <p className="text-muted text-sm">
          {shell(`roles.${row.role}`)} · <TimeAgo at={row.expiresAt} />
        </p>
      </div>
      <Acts row={row} />
    </div>
  )
}

function Acts({ row }: { row: InvitationRow }) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const revoke = useMutation(
    trpc.members.revokeInvitation.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.members.invitations.pathFilter())
        toast({ tone: 'good', title: t('members.revoked') })
      },
      onError,
    }),
  )
  return (
    <span className="flex gap-1">
      <CopyButton
        compact
        variant="quiet"
        label={t('members.copyLink')}
        text={new URL(paths.invitation(row.id), location.origin).href}
      />
      <IconButton
        size="sm"
        label={t('members.revoke', { email: row.email })}
        onClick={() => revoke.mutate({ id: row.id })}
      >
        <X aria-hidden />
      </IconButton>
    </span>
  )
}

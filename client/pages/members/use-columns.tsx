import { useMemo } from 'react'
import { useUser } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { PersonTile } from '../frame/PersonTile.tsx'
import { RemoveMember } from './RemoveMember.tsx'
import { RolePicker } from './RolePicker.tsx'
import type { MemberRow } from './row.ts'

export function useMemberColumns() {
  const t = useT('pages')
  const user = useUser()
  return useMemo<Column<MemberRow>[]>(
    () => [
      {
        id: 'person',
        header: t('members.columns.person'),
        width: 'minmax(16rem, 1fr)',
        skeleton: '45%',
        cell: (row) => (
          <>
            <PersonTile name={row.name} />
            <span className="shrink-0 font-medium">{row.name}</span>
            {row.userId === user.id && (
              <span className="shrink-0 text-faint text-sm">{`(${t('members.you')})`}</span>
            )}
            <span className="truncate text-muted">{row.email}</span>
          </>
        ),
      },
      {
        id: 'role',
        header: t('members.columns.role'),
        width: '11rem',
        cell: (row) => <RolePicker row={row} />,
      },
      {
        id: 'joined',
        header: t('members.columns.joined'),
        width: '8rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.createdAt} className="truncate text-muted" />,
      },
      {
        id: 'actions',
        header: t('members.columns.actions'),
        hideHeader: true,
        width: '3rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <RemoveMember row={row} />,
      },
    ],
    [t, user.id],
  )
}

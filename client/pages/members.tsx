import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useCan } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { TabPanel, Tabs } from '#client/ui/Tabs.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { InviteDialog } from './members/InviteDialog.tsx'
import { MemberPhoneRow } from './members/MemberPhoneRow.tsx'
import { PendingInvitations } from './members/PendingInvitations.tsx'
import { useMemberColumns } from './members/use-columns.tsx'

export default function Members() {
  const t = useT('pages')
  const trpc = useTRPC()
  const manages = useCan('administer')
  const [inviting, setInviting] = useState(false)
  const [tab, setTab] = useState<'members' | 'pending'>('members')
  const pending = useQuery(trpc.members.invitations.queryOptions(undefined, { enabled: manages }))
  return (
    <Page
      title={t('members.title')}
      actions={
        manages && (
          <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setInviting(true)}>
            {t('members.invite')}
          </Button>
        )
      }
      className="flex flex-col"
    >
      {manages ? (
        <Tabs
          label={t('members.title')}
          value={tab}
          onChange={setTab}
          className="min-h-0 grow"
          listClassName="px-6 phone:px-4 border-b-0"
          tabs={[
            { value: 'members', label: t('members.title') },
            {
              value: 'pending',
              label: t('members.pending'),
              badge: pending.data && pending.data.length > 0 && (
                <Tag tone="accent">{pending.data.length}</Tag>
              ),
            },
          ]}
        >
          <TabPanel value="members">
            <MemberList />
          </TabPanel>
          <TabPanel value="pending">
            <PendingInvitations
              invitations={pending.data}
              error={pending.error}
              onRetry={() => void pending.refetch()}
            />
          </TabPanel>
        </Tabs>
      ) : (
        <MemberList />
      )}
      <InviteDialog open={inviting} onOpenChange={setInviting} />
    </Page>
  )
}

function MemberList() {
  const t = useT('pages')
  const trpc = useTRPC()
  const list = useQuery(trpc.members.list.queryOptions())
  const columns = useMemberColumns()
  if (list.error && !list.data) return <Trouble error={list.error} onRetry={() => void list.refetch()} />
  return (
    <ListTable
      label={t('members.title')}
      columns={columns}
      rows={list.data}
      rowKey={({ id }) => id}
      phoneRow={(row) => <MemberPhoneRow row={row} />}
    />
  )
}

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { ApiKeyPhoneRow } from './api-keys/ApiKeyPhoneRow.tsx'
import { CreateKeyDialog } from './api-keys/CreateKeyDialog.tsx'
import { useApiKeyColumns } from './api-keys/use-columns.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'

export default function ApiKeys() {
  const t = useT('pages')
  const shell = useT('shell')
  const { role } = useTenant()
  if (useCan('administer')) return <KeyList />
  return (
    <Page title={t('apiKeys.title')}>
      <EmptyState drawing="locked" title={t('apiKeys.deniedTitle')}>
        {t('apiKeys.deniedBody', { role: shell(`roles.${role}`) })}
      </EmptyState>
    </Page>
  )
}

function KeyList() {
  const t = useT('pages')
  const trpc = useTRPC()
  const list = useQuery(trpc.apiKeys.list.queryOptions())
  const columns = useApiKeyColumns()
  const [creating, setCreating] = useState(false)
  const create = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
      {t('apiKeys.create')}
    </Button>
  )
  const empty = list.data?.length === 0
  return (
    <Page title={t('apiKeys.title')} actions={!empty && create} className="flex flex-col">
      {list.error && !list.data ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : empty ? (
        <EmptyState drawing="keys" title={t('apiKeys.emptyTitle')} action={create}>
          {t('apiKeys.emptyBody')}
        </EmptyState>
      ) : (
        <ListTable
          label={t('apiKeys.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={list.data}
          rowKey={({ id }) => id}
          phoneRow={(row) => <ApiKeyPhoneRow row={row} />}
        />
      )}
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
    </Page>
  )
}

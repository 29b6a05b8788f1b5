import { Plus, Search } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useCan } from '#client/lib/session.ts'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { moreOf, usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { CreateWorkflow } from './workflows/CreateWorkflow.tsx'
import { GuideBanner } from './workflows/GuideBanner.tsx'
import { RenameWorkflow } from './workflows/RenameWorkflow.tsx'
import type { WorkflowRow } from './workflows/row.ts'
import { useWorkflowColumns } from './workflows/use-columns.tsx'
import { WorkflowPhoneRow } from './workflows/WorkflowPhoneRow.tsx'

export default function Workflows() {
  const t = useT('pages')
  const editable = useCan('edit')
  const [query, setQuery] = useSearchParams()
  const [search, setSearch] = useState('')
  const [renaming, setRenaming] = useState<WorkflowRow | null>(null)
  const wanted = useDeferredValue(search.trim())
  const { list, rows } = useWorkflows(wanted)
  const columns = useWorkflowColumns({ onRename: setRenaming })
  const setCreating = (open: boolean) => setQuery(open ? { new: '1' } : {}, { replace: true })

  const empty = rows?.length === 0
  return (
    <Page
      title={t('workflows.title')}
      actions={
        editable && (
          <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setCreating(true)}>
            {t('workflows.create')}
          </Button>
        )
      }
      filters={
        <TextInput
          type="search"
          icon={<Search />}
          aria-label={t('workflows.search')}
          placeholder={t('workflows.search')}
          className="max-w-80 phone:max-w-none"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      }
      className="flex flex-col"
    >
      {editable && <GuideBanner />}
      {list.error && !rows ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : empty && wanted ? (
        <EmptyState
          drawing="search"
          title={t('workflows.noneTitle')}
          action={<Button onClick={() => setSearch('')}>{t('workflows.clearSearch')}</Button>}
        >
          {t('workflows.noneBody', { search: wanted })}
        </EmptyState>
      ) : empty ? (
        <EmptyState
          drawing="workflows"
          title={t('workflows.emptyTitle')}
          action={
            editable && (
              <Button variant="primary" onClick={() => setCreating(true)}>
                {t('workflows.create')}
              </Button>
            )
          }
        >
          {editable ? t('workflows.emptyBody') : t('workflows.emptyViewer')}
        </EmptyState>
      ) : (
        <ListTable
          label={t('workflows.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          phoneRow={(row) => <WorkflowPhoneRow row={row} onRename={setRenaming} />}
          {...moreOf(list)}
        />
      )}
      {editable && <CreateWorkflow open={query.has('new')} onOpenChange={setCreating} />}
      <RenameWorkflow workflow={renaming} onDone={() => setRenaming(null)} />
    </Page>
  )
}

function useWorkflows(search: string) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  return usePages({
    queryKey: trpc.workflows.list.infiniteQueryKey(search ? { search } : {}),
    ask: ({ cursor, signal }) =>
      client.workflows.list.query({ search: search || undefined, cursor }, { signal }),
    keep: true,
  })
}

import { moreOf } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { Select } from '#client/ui/Select.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { taskStatuses } from './tasks/row.ts'
import { useTaskCount } from './tasks/TaskCount.tsx'
import { TaskPhoneRow, useTaskColumns } from './tasks/use-columns.tsx'
import { type TaskFilter, useTaskFilter } from './tasks/use-filter.ts'
import { useTasks } from './tasks/use-tasks.ts'

/** What runs wait for people to decide or fill in. */
export default function Tasks() {
  const t = useT('people')
  const filter = useTaskFilter()
  const { list, rows } = useTasks(filter.input)
  const columns = useTaskColumns()
  const count = useTaskCount()
  return (
    <Page
      title={t('tasks.title')}
      tab={count > 0 ? t('tasks.titleOpen', { count: String(count) }) : undefined}
      filters={<Filters filter={filter} />}
      className="flex flex-col"
    >
      {list.error && !rows ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : rows?.length === 0 && filter.active ? (
        <EmptyState
          drawing="search"
          title={t('tasks.noneTitle')}
          action={<Button onClick={filter.clear}>{t('tasks.clear')}</Button>}
        >
          {t('tasks.noneBody')}
        </EmptyState>
      ) : rows?.length === 0 ? (
        <EmptyState drawing="people" title={t('tasks.emptyTitle')}>
          {t('tasks.emptyBody')}
        </EmptyState>
      ) : (
        <ListTable
          label={t('tasks.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          phoneRow={(row) => <TaskPhoneRow row={row} />}
          {...moreOf(list)}
        />
      )}
    </Page>
  )
}

function Filters({ filter }: { filter: TaskFilter }) {
  const t = useT('people')
  return (
    <search aria-label={t('tasks.filters.label')} className="flex items-center gap-4">
      <Select
        aria-label={t('tasks.filters.status')}
        className="w-40 shrink-0"
        value={filter.status}
        onChange={filter.setStatus}
        options={[
          ...taskStatuses.map((status) => ({ value: status, label: t(`tasks.status.${status}`) })),
          { value: 'any', label: t('tasks.filters.any') },
        ]}
      />
      <Checkbox label={t('tasks.filters.mine')} checked={filter.mine} onChange={filter.setMine} />
    </search>
  )
}

import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Select } from '#client/ui/Select.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { runStatuses, starts } from './row.ts'
import { SearchField } from './SearchField.tsx'
import type { RunFilter } from './use-filter.ts'
import { WorkflowPicker } from './WorkflowPicker.tsx'

/** Status, workflow and start, in one line. */
export function RunFilters({ filter }: { filter: RunFilter }) {
  const t = useT('pages')
  const ui = useT('ui')
  const m = useT('monitoring')
  return (
    <search aria-label={t('runs.filters.label')} className="flex grow items-center gap-2">
      <SearchField value={filter.search} onChange={(text) => filter.set('search', text)} />
      <Select
        aria-label={t('runs.filters.status')}
        className="w-40 shrink-0 phone:w-27"
        value={filter.status}
        onChange={(status) => filter.set('status', status)}
        options={[
          { value: '', label: t('runs.filters.anyStatus') },
          ...runStatuses.map((status) => ({ value: status, label: ui(`status.${status}`) })),
        ]}
      />
      <WorkflowPicker workflowId={filter.workflowId} onPick={(id) => filter.set('workflow', id)} />
      <Select
        aria-label={t('runs.filters.startedBy')}
        className="w-36 shrink-0 phone:w-27"
        value={filter.startedBy}
        onChange={(start) => filter.set('by', start)}
        options={[
          { value: '', label: t('runs.filters.anyStart') },
          ...starts.map((start) => ({ value: start, label: t(`runs.startedBy.${start}`) })),
        ]}
      />
      {filter.failureKey && (
        <Tag tone="bad" className="shrink-0">
          {m('runs.sameCause')}
        </Tag>
      )}
      {filter.active && (
        <Button variant="quiet" onClick={filter.clear}>
          {t('runs.filters.clear')}
        </Button>
      )}
    </search>
  )
}

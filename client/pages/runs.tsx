import { useState } from 'react'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { moreOf } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button, buttonClass } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { ListTable } from '#client/ui/ListTable.tsx'
import { paths } from '../paths.ts'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { BulkMenu } from './runs/BulkMenu.tsx'
import { BulkProgress } from './runs/BulkProgress.tsx'
import { NewRuns } from './runs/NewRuns.tsx'
import { RunFilters } from './runs/RunFilters.tsx'
import { RunPhoneRow } from './runs/RunPhoneRow.tsx'
import { RunTabs } from './runs/RunTabs.tsx'
import { useRunColumns } from './runs/use-columns.tsx'
import { useRunFilter } from './runs/use-filter.ts'
import { pageSize, useLiveRuns } from './runs/use-live-runs.ts'

export default function Runs() {
  const t = useT('pages')
  const { slug } = useTenant()
  const filter = useRunFilter()
  const { list, rows, fresh, showFresh, live } = useLiveRuns(filter.input)
  const columns = useRunColumns()
  // A fresh table starts at its top; showing new rows is such a start.
  const [tableKey, setTableKey] = useState(0)
  const empty = rows?.length === 0 && fresh === 0
  return (
    <Page
      title={t('runs.title')}
      aside={<LiveMark live={live} />}
      actions={<BulkMenu filter={filter.input} />}
      filters={<RunFilters filter={filter} />}
      className="relative flex flex-col"
    >
      <RunTabs current="runs" />
      <BulkProgress />
      <NewRuns
        count={fresh}
        capped={fresh >= pageSize}
        onShow={() => {
          showFresh()
          setTableKey(tableKey + 1)
        }}
      />
      {list.error && !rows ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : empty && filter.active ? (
        <EmptyState
          drawing="search"
          title={t('runs.noneTitle')}
          action={<Button onClick={filter.clear}>{t('runs.filters.clear')}</Button>}
        >
          {t('runs.noneBody')}
        </EmptyState>
      ) : empty ? (
        <EmptyState
          drawing="runs"
          title={t('runs.emptyTitle')}
          action={
            <Link to={paths.workflows(slug)} className={buttonClass({ variant: 'primary' })}>
              {t('runs.emptyAction')}
            </Link>
          }
        >
          {t('runs.emptyBody')}
        </EmptyState>
      ) : (
        <ListTable
          key={tableKey}
          label={t('runs.title')}
          className="min-h-0 grow"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          phoneRow={(row) => <RunPhoneRow row={row} />}
          {...moreOf(list)}
        />
      )}
    </Page>
  )
}

function LiveMark({ live }: { live: 'on' | 'starting' | 'lost' }) {
  const t = useT('pages')
  if (live === 'starting') return null
  return (
    <span role="status" className="flex items-center gap-1.5 text-faint text-sm">
      <span
        aria-hidden
        className={live === 'on' ? 'size-1.5 rounded-full bg-accent' : 'size-1.5 rounded-full bg-warn'}
      />
      {live === 'on' ? t('runs.live') : t('runs.paused')}
    </span>
  )
}

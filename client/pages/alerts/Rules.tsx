import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { type Column, ListTable } from '#client/ui/ListTable.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { Trouble } from '../frame/Trouble.tsx'
import { RuleActions } from './RuleActions.tsx'
import type { RuleRow } from './row.ts'

/** When somebody is told, and how. */
export function Rules({ onEdit, create }: { onEdit: (rule: RuleRow) => void; create: ReactNode }) {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const rules = useQuery(trpc.alerts.rules.queryOptions())
  const columns = useColumns(onEdit)
  if (rules.error && !rules.data) return <Trouble error={rules.error} onRetry={() => void rules.refetch()} />
  if (rules.data?.length === 0)
    return (
      <EmptyState drawing="runs" title={t('alerts.noRulesTitle')} action={create}>
        {t('alerts.noRulesBody')}
      </EmptyState>
    )
  return (
    <ListTable
      label={t('alerts.tabs.rules')}
      className="min-h-0 grow"
      columns={columns}
      rows={rules.data}
      rowKey={({ id }) => id}
      phoneRow={(row) => (
        <div className="flex items-center gap-2">
          <div className="min-w-0 grow">
            <Name row={row} onEdit={onEdit} />
            <p className="truncate text-muted text-sm">
              <When row={row} />
            </p>
          </div>
          <RuleActions row={row} />
        </div>
      )}
    />
  )
}

function useColumns(onEdit: (rule: RuleRow) => void) {
  const t = useT('monitoring')
  return useMemo<Column<RuleRow>[]>(
    () => [
      {
        id: 'name',
        header: t('alerts.columns.name'),
        width: 'minmax(10rem, 1fr)',
        cell: (row) => <Name row={row} onEdit={onEdit} />,
      },
      {
        id: 'when',
        header: t('alerts.columns.when'),
        width: 'minmax(12rem, 1.3fr)',
        cell: (row) => (
          <span className="truncate text-muted">
            <When row={row} />
          </span>
        ),
      },
      {
        id: 'to',
        header: t('alerts.columns.to'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => <Target channel={row.channel} />,
      },
      {
        id: 'last',
        header: t('alerts.columns.last'),
        width: '8rem',
        align: 'end',
        cell: (row) =>
          row.lastRaisedAt ? (
            <TimeAgo at={row.lastRaisedAt} className="truncate text-muted" />
          ) : (
            <span className="text-faint">{t('alerts.never')}</span>
          ),
      },
      {
        id: 'actions',
        header: t('alerts.columns.actions'),
        hideHeader: true,
        width: '5rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <RuleActions row={row} />,
      },
    ],
    [t, onEdit],
  )
}

function Name({ row, onEdit }: { row: RuleRow; onEdit: (rule: RuleRow) => void }) {
  const t = useT('monitoring')
  return (
    <span className="flex min-w-0 items-center gap-2">
      <button
        type="button"
        data-row-link
        aria-label={t('alerts.edit', { name: row.name })}
        onClick={() => onEdit(row)}
        className="truncate rounded-xs text-left font-medium outline-offset-4"
      >
        {row.name}
      </button>
      {!row.enabled && <Tag>{t('alerts.off')}</Tag>}
    </span>
  )
}

function When({ row }: { row: RuleRow }) {
  const t = useT('monitoring')
  const { condition, workflow } = row
  const words =
    condition.kind === 'failure_rate'
      ? t('alerts.condition.failure_rate', { percent: condition.percent, minutes: condition.minutes })
      : t(`alerts.condition.${condition.kind}`)
  return (
    <>
      {words}
      {workflow && <span className="text-faint"> · {workflow.name}</span>}
    </>
  )
}

function Target({ channel }: { channel: RuleRow['channel'] }) {
  const t = useT('monitoring')
  const to =
    channel.kind === 'email'
      ? channel.to.join(', ')
      : channel.kind === 'slack'
        ? channel.channel
        : `${t(`alerts.channel.${channel.kind}`)}: ${channel.host}`
  return <span className="truncate text-muted">{to}</span>
}

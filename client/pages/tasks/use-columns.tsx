import { useMemo } from 'react'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import type { TaskRow } from './row.ts'
import { TaskStatusTag } from './TaskStatusTag.tsx'

export function useTaskColumns() {
  const t = useT('people')
  const { slug } = useTenant()
  return useMemo<Column<TaskRow>[]>(
    () => [
      {
        id: 'task',
        header: t('tasks.columns.task'),
        width: 'minmax(14rem, 1.6fr)',
        cell: (row) => (
          <Link
            to={paths.task(slug, row.id)}
            data-row-link
            className="truncate rounded-xs font-medium outline-offset-4"
          >
            {row.title}
          </Link>
        ),
      },
      {
        id: 'kind',
        header: t('tasks.columns.kind'),
        width: '7rem',
        cell: (row) => <span className="truncate text-muted">{t(`tasks.kind.${row.kind}`)}</span>,
      },
      {
        id: 'workflow',
        header: t('tasks.columns.workflow'),
        width: 'minmax(9rem, 1fr)',
        cell: (row) => <span className="truncate text-muted">{row.workflow.name}</span>,
      },
      {
        id: 'status',
        header: t('tasks.columns.status'),
        width: '9rem',
        cell: (row) => <TaskStatusTag status={row.status} />,
      },
      {
        id: 'deadline',
        header: t('tasks.columns.deadline'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => row.deadlineAt && <TimeAgo at={row.deadlineAt} className="truncate text-muted" />,
      },
      {
        id: 'asked',
        header: t('tasks.columns.asked'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.createdAt} className="truncate text-muted" />,
      },
    ],
    [t, slug],
  )
}

export function TaskPhoneRow({ row }: { row: TaskRow }) {
  const { slug } = useTenant()
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-3">
        <Link
          to={paths.task(slug, row.id)}
          data-row-link
          className="min-w-0 grow truncate py-0.5 font-medium"
        >
          {row.title}
        </Link>
        <TimeAgo at={row.createdAt} className="shrink-0 text-faint text-sm" />
      </div>
      <div className="flex items-center gap-3">
        <TaskStatusTag status={row.status} />
        <span className="min-w-0 truncate text-muted text-sm">{row.workflow.name}</span>
      </div>
    </div>
  )
}

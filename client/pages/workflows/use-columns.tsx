import { useMemo } from 'react'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { LibraryBadge } from '../library/LibraryBadge.tsx'
import { LastRun } from './LastRun.tsx'
import { PausedTag } from './PausedTag.tsx'
import { PublishedTag } from './PublishedTag.tsx'
import type { WorkflowRow } from './row.ts'
import { TriggerTags } from './TriggerTags.tsx'
import { WorkflowMenu } from './WorkflowMenu.tsx'

export function useWorkflowColumns({ onRename }: { onRename: (row: WorkflowRow) => void }) {
  const t = useT('pages')
  const { slug } = useTenant()
  return useMemo<Column<WorkflowRow>[]>(
    () => [
      {
        id: 'name',
        header: t('workflows.columns.name'),
        width: 'minmax(14rem, 1fr)',
        skeleton: '55%',
        cell: (row) => (
          <>
            <Link
              to={paths.workflow(slug, row.id)}
              data-row-link
              className="max-w-full shrink-0 truncate rounded-xs font-medium outline-offset-4"
            >
              {row.name}
            </Link>
            <PausedTag pausedAt={row.pausedAt} />
            <LibraryBadge brief workflowId={row.id} />
            {row.description && (
              <span className="truncate text-faint text-sm max-[90rem]:hidden">{row.description}</span>
            )}
          </>
        ),
      },
      {
        id: 'state',
        header: t('workflows.columns.state'),
        width: '6.5rem',
        cell: (row) => <PublishedTag version={row.publishedVersion} />,
      },
      {
        id: 'triggers',
        header: t('workflows.columns.triggers'),
        width: '12.75rem',
        cell: (row) => <TriggerTags triggers={row.triggers} />,
      },
      {
        id: 'lastRun',
        header: t('workflows.columns.lastRun'),
        width: '12.75rem',
        cell: (row) => <LastRun lastRun={row.lastRun} />,
      },
      {
        id: 'nodes',
        header: t('workflows.columns.nodes'),
        width: '4.5rem',
        align: 'end',
        cell: (row) => <span className="text-muted">{row.nodeCount}</span>,
      },
      {
        id: 'changed',
        header: t('workflows.columns.changed'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <TimeAgo at={row.updatedAt} className="truncate text-muted" />,
      },
      {
        id: 'actions',
        header: t('workflows.columns.actions'),
        hideHeader: true,
        width: '2.75rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <WorkflowMenu row={row} onRename={onRename} />,
      },
    ],
    [t, slug, onRename],
  )
}

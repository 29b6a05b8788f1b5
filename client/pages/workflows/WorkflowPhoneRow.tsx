import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { paths } from '../../paths.ts'
import { LastRun } from './LastRun.tsx'
import { PausedTag } from './PausedTag.tsx'
import { PublishedTag } from './PublishedTag.tsx'
import type { WorkflowRow } from './row.ts'
import { WorkflowMenu } from './WorkflowMenu.tsx'

export function WorkflowPhoneRow({
  row,
  onRename,
}: {
  row: WorkflowRow
  onRename: (row: WorkflowRow) => void
}) {
  const { slug } = useTenant()
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <div className="flex items-center gap-2">
          <Link
            to={paths.workflow(slug, row.id)}
            data-row-link
            className="min-w-0 truncate py-0.5 font-medium"
          >
            {row.name}
          </Link>
          <PausedTag pausedAt={row.pausedAt} />
          <PublishedTag version={row.publishedVersion} />
        </div>
        <LastRun lastRun={row.lastRun} />
      </div>
      <WorkflowMenu row={row} onRename={onRename} />
    </div>
  )
}

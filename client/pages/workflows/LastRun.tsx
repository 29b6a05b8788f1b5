import { useT } from '#client/lib/use-t.ts'
import { StatusBadge, statusNamed } from '#client/ui/StatusBadge.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import type { WorkflowRow } from './row.ts'

export function LastRun({ lastRun }: { lastRun: WorkflowRow['lastRun'] }) {
  const t = useT('pages')
  if (!lastRun) return <span className="text-faint">{t('workflows.never')}</span>
  return (
    <span className="flex min-w-0 items-center gap-2">
      <StatusBadge status={statusNamed(lastRun.status)} />
      <TimeAgo at={lastRun.at} className="truncate text-faint text-sm" />
    </span>
  )
}

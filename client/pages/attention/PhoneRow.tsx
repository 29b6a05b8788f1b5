import { Link } from 'react-router'
import { useFailureText } from '#client/canvas/failure-words.ts'
import { useFormat } from '#client/lib/format.ts'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { type AttentionRow, stepName } from './row.ts'

/** A group, or a step, on a phone: two lines. */
export function PhoneRow({ row, to, count }: { row: AttentionRow; to: string; count?: number }) {
  const text = useFailureText()
  const format = useFormat()
  return (
    <div className="min-w-0">
      <Link to={to} data-row-link className="block truncate py-0.5 font-medium">
        {text(row)}
      </Link>
      <p className="flex gap-3 text-muted text-sm">
        <span className="truncate">
          {row.workflow.name} <span className="text-faint">{stepName(row)}</span>
        </span>
        {count !== undefined && <span className="ml-auto shrink-0 tabular-nums">{format.number(count)}</span>}
        <TimeAgo at={row.createdAt} className={count === undefined ? 'ml-auto shrink-0' : 'shrink-0'} />
      </p>
    </div>
  )
}

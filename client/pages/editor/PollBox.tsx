import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { useNow } from '#client/ui/use-now.ts'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { pollState } from './poll-state.ts'

const EVERY_MS = 15_000

export interface PollBoxProps {
  node: DocumentNode
  info: NodeInfo
  workflow: { id: string; publishedVersion: number | null }
}

/** Of a trigger that asks again and again: when it did and will, and why it found out nothing. */
export function PollBox({ node, info, workflow }: PollBoxProps) {
  const t = useT('editor')
  const trpc = useTRPC()
  const now = useNow()
  const polls = info.starts === 'poll'
  const live = workflow.publishedVersion !== null
  const { data } = useQuery(
    trpc.workflows.polls.queryOptions(
      { id: workflow.id },
      { enabled: polls && live, refetchInterval: EVERY_MS },
    ),
  )
  if (!polls) return null
  const poll = live ? data?.find(({ nodeKey }) => nodeKey === node.key) : undefined
  if (!poll) return live && !data ? null : <p className="text-muted text-sm">{t('poll.unpublished')}</p>
  const { lastAt, nextAt, trouble } = pollState(poll, now)
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-line bg-sunken/60 p-3 text-sm">
      {trouble !== null && (
        <p role="alert" className="break-words text-bad">
          {t('poll.trouble', { message: trouble })}
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt className="text-faint">{t('poll.last')}</dt>
        <dd>{lastAt === null ? t('poll.never') : <TimeAgo at={lastAt} />}</dd>
        <dt className="text-faint">{trouble === null ? t('poll.next') : t('poll.again')}</dt>
        <dd>
          <TimeAgo at={nextAt} />
        </dd>
      </dl>
    </div>
  )
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link, useNavigate, useParams } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { paths } from '../paths.ts'
import { Comparison } from './compare/Comparison.tsx'
import { ComparisonSkeleton } from './compare/ComparisonSkeleton.tsx'
import { OtherRun } from './compare/OtherRun.tsx'
import { useCandidates } from './compare/use-candidates.ts'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'

/** Two runs of a workflow side by side: which steps differ, and where in what they gave. */
export default function CompareRuns() {
  const t = useT('replay')
  const { id = '', other } = useParams()
  const navigate = useNavigate()
  const { slug } = useTenant()
  const trpc = useTRPC()
  const { candidates, error, refetch } = useCandidates(id)
  // Without a choice of one's own: the run it goes on from, or the newest that goes on from it.
  const right = other ?? candidates?.find(({ isReplay }) => isReplay)?.id
  const comparison = useQuery(
    trpc.runs.compare.queryOptions(
      { left: id, right: right ?? '' },
      { enabled: right !== undefined, placeholderData: keepPreviousData },
    ),
  )
  const failed = comparison.data ? null : (comparison.error ?? (candidates ? null : error))
  return (
    <Page
      title={t('compare.title')}
      tab={comparison.data ? `${t('compare.title')} · ${comparison.data.workflow.name}` : undefined}
      className="overflow-y-auto"
      actions={
        <OtherRun
          candidates={candidates ?? []}
          value={right}
          onChange={(run) => void navigate(paths.compareRuns(slug, id, run), { replace: true })}
        />
      }
    >
      <div className="mx-auto flex max-w-280 flex-col gap-5 px-6 pb-10 phone:px-4">
        <Link
          to={paths.run(slug, id)}
          className="-ml-1 inline-flex items-center gap-1 self-start rounded-xs text-muted text-sm hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {t('compare.back')}
        </Link>
        {failed ? (
          <Trouble error={failed} onRetry={() => void Promise.all([refetch(), comparison.refetch()])} />
        ) : comparison.data ? (
          <Comparison comparison={comparison.data} />
        ) : candidates && right === undefined ? (
          <Nothing isAlone={candidates.length === 0} />
        ) : (
          <ComparisonSkeleton />
        )}
      </div>
    </Page>
  )
}

function Nothing({ isAlone }: { isAlone: boolean }) {
  const t = useT('replay')
  return (
    <EmptyState drawing="runs" title={t(isAlone ? 'compare.none' : 'compare.pick')}>
      {t(isAlone ? 'compare.noneBody' : 'compare.pickBody')}
    </EmptyState>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { Review } from './reviews/Review.tsx'
import type { ReviewRow } from './reviews/row.ts'

/** What waits to be shown to everybody on the installation. */
export default function Reviews() {
  const t = useT('library')
  const trpc = useTRPC()
  const list = useQuery(trpc.admin.reviews.queryOptions())
  const [query, setQuery] = useSearchParams()
  const rows = list.data
  const chosen = rows?.find((row) => idOf(row) === query.get('item')) ?? rows?.[0]
  if (list.error && !rows) return <Trouble error={list.error} onRetry={() => void list.refetch()} />
  return (
    <Page title={t('reviews.title')} className="flex min-h-0 phone:flex-col phone:overflow-y-auto">
      {rows?.length === 0 ? (
        <EmptyState drawing="workflows" title={t('reviews.emptyTitle')} className="m-auto">
          {t('reviews.emptyBody')}
        </EmptyState>
      ) : (
        <>
          <nav
            aria-label={t('reviews.choose')}
            className="w-72 shrink-0 overflow-y-auto border-line border-r px-3 pb-4 phone:w-full phone:border-r-0 phone:border-b"
          >
            <ul className="flex flex-col gap-0.5">
              {rows?.map((row) => (
                <li key={idOf(row)}>
                  <Row
                    row={row}
                    chosen={row === chosen}
                    onChoose={() => setQuery({ item: idOf(row) }, { replace: true })}
                  />
                </li>
              )) ?? <Skeleton className="h-14 w-full rounded-sm" />}
            </ul>
          </nav>
          <div className="min-h-0 min-w-0 grow overflow-y-auto phone:overflow-visible">
            {chosen && <Review key={idOf(chosen)} row={chosen} />}
          </div>
        </>
      )}
    </Page>
  )
}

const idOf = ({ itemId, version }: ReviewRow) => `${itemId}:${version}`

function Row({ row, chosen, onChoose }: { row: ReviewRow; chosen: boolean; onChoose: () => void }) {
  const t = useT('library')
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className="flex w-full items-center gap-3 rounded-sm px-3 py-2 text-left hover:bg-hover aria-pressed:bg-accent-soft"
    >
      <NodeIcon icon={row.icon} group="app" size="md" />
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{row.name}</span>
        <span className="block truncate text-muted text-sm">
          {row.publisher.name} ·{' '}
          {row.before === null ? t('reviews.isNew') : t('reviews.update', { version: String(row.before) })}
        </span>
      </span>
      <TimeAgo at={row.createdAt} className="shrink-0 text-muted text-sm" />
    </button>
  )
}

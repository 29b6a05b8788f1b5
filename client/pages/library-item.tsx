import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { paths } from '../paths.ts'
import { Trouble } from './frame/Trouble.tsx'
import { ItemActions } from './library/ItemActions.tsx'
import { ItemBody } from './library/ItemBody.tsx'
import { readRef, refOf } from './library/ref.ts'
import type { LibraryItem } from './library/row.ts'
import { useAppLocale } from './library/use-catalog.ts'
import { useTitle } from './library/use-title.ts'

/** One item of the library: what it is, what it can do, and the way to install it. */
export default function LibraryItemPage() {
  const { ref = '' } = useParams()
  const [query] = useSearchParams()
  const trpc = useTRPC()
  const locale = useAppLocale()
  const wanted = Number(query.get('version'))
  const version = Number.isInteger(wanted) && wanted > 0 ? wanted : undefined
  const found = useQuery(
    trpc.library.get.queryOptions({ ...readRef(ref), locale, ...(version ? { version } : {}) }),
  )
  useTitle(found.data?.name)
  if (found.error && !found.data) return <Trouble error={found.error} onRetry={() => void found.refetch()} />
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <div className="mx-auto max-w-280 px-6 pt-3 pb-12 phone:px-4">
        <BackLink />
        {found.data ? <Loaded item={found.data} /> : <Loading />}
      </div>
    </div>
  )
}

function Loaded({ item }: { item: LibraryItem }) {
  const t = useT('library')
  const { slug } = useTenant()
  const newest = item.versions.find(({ review }) => review !== 'rejected')?.number ?? item.version
  const shown = item.versions.find(({ number }) => number === item.version)
  return (
    <>
      <header className="flex flex-wrap items-start gap-4 py-3">
        <NodeIcon icon={item.icon} group="app" />
        <div className="min-w-0 grow basis-80">
          <h1 className="break-words font-semibold text-xl">{item.name}</h1>
          <p className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-sm">
            {item.publisher.isBuiltIn ? t('builtIn') : t('by', { publisher: item.publisher.name })}
            <span aria-hidden>·</span>
            {t('version', { version: String(item.version) })}
            <span aria-hidden>·</span>
            {t('installs', { count: item.installs })}
            {item.withdrawn && <Tag>{t('withdrawn')}</Tag>}
            {item.isOwn && shown?.review === 'pending' && <Tag tone="warn">{t('review.pending')}</Tag>}
            {item.isOwn && shown?.review === 'rejected' && <Tag tone="bad">{t('review.rejected')}</Tag>}
          </p>
          <p className="mt-2 max-w-prose text-muted">{item.summary}</p>
        </div>
        <ItemActions item={item} />
      </header>
      {item.version < newest && (
        <Note>
          {t('item.older', { version: String(item.version), newest: String(newest) })}{' '}
          <Link
            to={paths.libraryItem(slug, refOf({ publisherId: item.publisher.id, itemId: item.itemId }))}
            className="font-medium text-accent underline"
          >
            {t('item.toNewest')}
          </Link>
        </Note>
      )}
      {item.isOwn && shown?.review === 'rejected' && (
        <Note>{t('item.rejected', { note: shown.reviewNote ?? '' })}</Note>
      )}
      {item.isOwn && shown?.review === 'pending' && <Note>{t('item.pending')}</Note>}
      <ItemBody item={item} />
    </>
  )
}

const Note = ({ children }: { children: React.ReactNode }) => (
  <p className="mb-2 rounded-sm border border-line bg-sunken px-3 py-2 text-sm">{children}</p>
)

export function BackLink() {
  const t = useT('library')
  const { slug } = useTenant()
  return (
    <Link
      to={paths.library(slug)}
      className="-ml-1.5 inline-flex h-8 items-center gap-1 rounded-sm px-1.5 text-muted text-sm hover:bg-hover hover:text-ink"
    >
      <ChevronLeft aria-hidden className="size-4" />
      {t('back')}
    </Link>
  )
}

const Loading = () => (
  <div className="flex flex-col gap-4 py-4">
    <Skeleton className="h-9 w-80 max-w-full rounded-sm" />
    <Skeleton className="h-4 w-120 max-w-full" />
    <Skeleton className="h-80 w-full rounded-md" />
  </div>
)

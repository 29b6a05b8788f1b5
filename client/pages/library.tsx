import { Search, X } from 'lucide-react'
import { useDeferredValue } from 'react'
import { useSearchParams } from 'react-router'
import { useTRPC, useTRPCClient } from '#client/lib/trpc.ts'
import { usePages } from '#client/lib/use-pages.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { Select } from '#client/ui/Select.tsx'
import { Skeleton } from '#client/ui/Skeleton.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { Page } from './frame/Page.tsx'
import { Trouble } from './frame/Trouble.tsx'
import { ItemCard } from './library/ItemCard.tsx'
import { useAppLocale } from './library/use-catalog.ts'

const sources = ['all', 'trama', 'own', 'others'] as const
type Source = (typeof sources)[number]

/** Workflows that can be installed, and those this tenant publishes. */
export default function Library() {
  const t = useT('library')
  const { search, tag, source, change } = useFilter()
  const { list, rows: items } = useItems({ search, tag, source })
  const filtered = search !== '' || tag !== ''
  return (
    <Page
      title={t('title')}
      filters={
        <>
          <TextInput
            type="search"
            icon={<Search />}
            aria-label={t('search')}
            placeholder={t('search')}
            className="max-w-80 phone:max-w-none"
            value={search}
            onChange={(event) => change({ search: event.target.value })}
          />
          <Select
            aria-label={t('source')}
            value={source}
            options={sources.map((value) => ({ value, label: t(`sources.${value}`) }))}
            onChange={(value) => change({ source: value })}
            className="w-40 shrink-0"
          />
          {tag && (
            <Button
              size="sm"
              icon={<X aria-hidden />}
              aria-label={t('clearTag')}
              onClick={() => change({ tag: '' })}
            >
              {t('tag', { tag })}
            </Button>
          )}
        </>
      }
      className="overflow-y-auto"
    >
      {list.error && !items ? (
        <Trouble error={list.error} onRetry={() => void list.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState
          drawing={filtered ? 'search' : 'workflows'}
          title={filtered ? t('noneTitle') : t('emptyTitle')}
          action={filtered && <Button onClick={() => change({ search: '', tag: '' })}>{t('clear')}</Button>}
        >
          {filtered ? t('noneBody') : source === 'own' ? t('emptyOwn') : t('emptyOthers')}
        </EmptyState>
      ) : (
        <>
          <ul
            aria-label={t('title')}
            aria-busy={items === undefined}
            className="grid grid-cols-[repeat(auto-fill,minmax(17.5rem,1fr))] gap-4 px-6 pt-1 pb-6 phone:px-4"
          >
            {items?.map((item) => (
              <ItemCard key={item.itemId} item={item} onTag={(one) => change({ tag: one })} />
            )) ?? <CardSkeletons />}
          </ul>
          {list.hasNextPage && (
            <div className="flex justify-center pb-8">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </>
      )}
    </Page>
  )
}

const CardSkeletons = () =>
  Array.from({ length: 8 }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
    <li key={index} className="flex min-h-40 flex-col gap-3 rounded-md border border-line p-4">
      <Skeleton className="h-9 w-2/3 rounded-sm" />
      <Skeleton className="h-3.5 w-full" />
      <Skeleton className="h-3.5 w-3/4" />
    </li>
  ))

/** What is looked for, kept in the address so that it can be shared and gone back to. */
function useFilter() {
  const [query, setQuery] = useSearchParams()
  const source = sources.find((one) => one === query.get('source')) ?? 'all'
  return {
    search: query.get('search') ?? '',
    tag: query.get('tag') ?? '',
    source,
    change: (patch: { search?: string; tag?: string; source?: Source }) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(patch))
            if (value === '' || value === 'all') next.delete(name)
            else next.set(name, value)
          return next
        },
        { replace: true },
      ),
  }
}

function useItems({ search, tag, source }: { search: string; tag: string; source: Source }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const locale = useAppLocale()
  const wanted = useDeferredValue(search.trim())
  const input = { locale, source, ...(wanted ? { search: wanted } : {}), ...(tag ? { tag } : {}) }
  return usePages({
    queryKey: trpc.library.list.infiniteQueryKey(input),
    ask: ({ cursor, signal }) => client.library.list.query({ ...input, cursor }, { signal }),
    keep: true,
  })
}

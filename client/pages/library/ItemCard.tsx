import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { NodeIcon } from '#client/ui/NodeIcon.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { paths } from '../../paths.ts'
import { refOf } from './ref.ts'
import type { LibraryRow } from './row.ts'

/** One item of the library: what it does, whose it is, how many use it. */
export function ItemCard({ item, onTag }: { item: LibraryRow; onTag: (tag: string) => void }) {
  const t = useT('library')
  const { slug } = useTenant()
  return (
    <li className="group relative flex min-h-40 flex-col gap-2.5 rounded-md border border-line bg-surface p-4 transition-colors duration-[120ms] focus-within:border-edge hover:border-edge">
      <div className="flex items-start gap-3">
        <NodeIcon icon={item.icon} group="app" />
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold">
            <Link
              to={paths.libraryItem(slug, refOf({ publisherId: item.publisher.id, itemId: item.itemId }))}
              className="outline-offset-2 after:absolute after:inset-0 after:rounded-md"
            >
              {item.name}
            </Link>
          </h2>
          <p className="truncate text-faint text-sm">
            {item.publisher.isBuiltIn ? t('builtIn') : t('by', { publisher: item.publisher.name })}
          </p>
        </div>
        <ItemState item={item} />
      </div>
      <p className="line-clamp-2 text-muted">{item.summary}</p>
      <div className="mt-auto flex items-center gap-1.5 text-faint text-sm">
        {item.tags.slice(0, 3).map((tag) => (
          <button
            key={tag}
            type="button"
            onClick={() => onTag(tag)}
            className="relative shrink-0 truncate rounded-xs bg-sunken last-of-type:min-w-0 last-of-type:shrink px-1.5 py-0.5 text-muted text-xs hover:bg-hover hover:text-ink"
          >
            {tag}
          </button>
        ))}
        <span className="ml-auto shrink-0 tabular-nums">{t('installs', { count: item.installs })}</span>
      </div>
    </li>
  )
}

function ItemState({ item }: { item: LibraryRow }) {
  const t = useT('library')
  if (item.withdrawn) return <Tag>{t('withdrawn')}</Tag>
  if (item.isOwn && item.review === 'pending') return <Tag tone="warn">{t('review.pending')}</Tag>
  if (item.isOwn && item.review === 'rejected') return <Tag tone="bad">{t('review.rejected')}</Tag>
  return null
}

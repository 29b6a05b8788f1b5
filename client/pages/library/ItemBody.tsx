import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { paths } from '../../paths.ts'
import { Abilities } from './Abilities.tsx'
import { Preview } from './Preview.tsx'
import { Readme } from './Readme.tsx'
import { refOf } from './ref.ts'
import type { LibraryItem } from './row.ts'
import { useConnectionKinds } from './use-connection-kinds.ts'

/** The drawing and the readme at the left; what it can do, needs and was at the right. */
export function ItemBody({ item }: { item: LibraryItem }) {
  const t = useT('library')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_20rem] gap-x-10 gap-y-8 pt-3 max-[68rem]:grid-cols-1">
      <div className="flex min-w-0 flex-col gap-8">
        <Part title={t('item.preview')}>
          <Preview key={item.hash} document={item.document} />
        </Part>
        <Part title={t('item.about')}>
          {item.readme.trim() ? (
            <Readme text={item.readme} />
          ) : (
            <p className="text-muted">{t('item.noReadme')}</p>
          )}
        </Part>
      </div>
      <div className="flex min-w-0 flex-col gap-8">
        <Part title={t('can.title')}>
          <Abilities can={item.capabilities} />
        </Part>
        <Part title={t('item.needs')}>
          <Needs item={item} />
        </Part>
        {item.installed.length > 0 && (
          <Part title={t('item.yours')}>
            <Installed item={item} />
          </Part>
        )}
        <Part title={t('item.versions')}>
          <Versions item={item} />
        </Part>
      </div>
    </div>
  )
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h2 className="mb-2.5 font-semibold text-base">{title}</h2>
      {children}
    </section>
  )
}

function Needs({ item }: { item: LibraryItem }) {
  const t = useT('library')
  const { titleOf } = useConnectionKinds()
  if (item.parameters.length === 0) return <p className="text-muted">{t('item.needsNothing')}</p>
  return (
    <ul className="flex flex-col gap-2">
      {item.parameters.map((parameter) => (
        <li key={parameter.key}>
          <p>{parameter.label}</p>
          <p className="text-faint text-sm">
            {parameter.kind === 'connection'
              ? parameter.kinds.map(titleOf).join(' · ')
              : t(`publish.${parameter.kind}`)}
          </p>
        </li>
      ))}
    </ul>
  )
}

function Installed({ item }: { item: LibraryItem }) {
  const t = useT('library')
  const { slug } = useTenant()
  return (
    <ul className="flex flex-col gap-1.5">
      {item.installed.map(({ id, name, version }) => (
        <li key={id} className="flex items-center justify-between gap-3">
          <Link to={paths.workflow(slug, id)} className="min-w-0 truncate text-accent hover:underline">
            {name}
          </Link>
          <span className="shrink-0 text-faint text-sm">{t('version', { version: String(version) })}</span>
        </li>
      ))}
    </ul>
  )
}

function Versions({ item }: { item: LibraryItem }) {
  const t = useT('library')
  const { slug } = useTenant()
  const key = { publisherId: item.publisher.id, itemId: item.itemId }
  return (
    <ol className="flex flex-col gap-3">
      {item.versions.map(({ number, changes, review, createdAt, installs }) => (
        <li key={number} className="min-w-0">
          <div className="flex items-center gap-2 text-sm">
            <Link
              to={`${paths.libraryItem(slug, refOf(key))}?version=${number}`}
              aria-current={number === item.version}
              className="font-medium aria-[current=true]:text-ink aria-[current=false]:text-accent aria-[current=false]:hover:underline"
            >
              {t('version', { version: String(number) })}
            </Link>
            {item.isOwn && review === 'pending' && <Tag tone="warn">{t('review.pending')}</Tag>}
            {item.isOwn && review === 'rejected' && <Tag tone="bad">{t('review.rejected')}</Tag>}
            <TimeAgo at={createdAt} className="ml-auto shrink-0 text-faint" />
          </div>
          <p className="mt-0.5 whitespace-pre-line break-words text-muted text-sm">
            {changes || (number === 1 ? t('item.firstVersion') : t('item.noChanges'))}
          </p>
          {item.isOwn && <p className="text-faint text-sm">{t('item.used', { count: installs })}</p>}
        </li>
      ))}
    </ol>
  )
}

import { useQuery } from '@tanstack/react-query'
import { ArrowUpFromLine, LibraryBig } from 'lucide-react'
import { Link } from 'react-router'
import type { Outputs } from '#client/lib/router-types.ts'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'
import { Tooltip } from '#client/ui/Tooltip.tsx'
import { paths } from '../../paths.ts'
import { refOf } from './ref.ts'

type Install = Outputs['library']['installs'][number]

/** Which workflows came from the library; asked once for all that show it. */
export function useInstalls() {
  const trpc = useTRPC()
  return useQuery(trpc.library.installs.queryOptions({}, { staleTime: 60_000 }))
}

/** Where a workflow came from, and the way to its newer version; nothing for one that was made here. */
export function LibraryBadge({ workflowId, brief }: { workflowId: string; brief?: boolean }) {
  const install = useInstalls().data?.find((one) => one.workflowId === workflowId)
  if (!install) return null
  return (
    <>
      {!(brief && install.updateTo) && <Origin install={install} brief={brief} />}
      <UpdateNotice install={install} />
    </>
  )
}

function Origin({ install, brief }: { install: Install; brief?: boolean }) {
  const t = useT('library')
  const { slug } = useTenant()
  const { name, version, publisher } = install
  const title = t('update.badgeTitle', {
    name: name ?? t('update.badge'),
    version: String(version),
    publisher: publisher.name || '…',
  })
  const icon = <LibraryBig aria-hidden />
  // An item that is no longer shown has no page to go to.
  const tag = brief ? <Tag icon={icon}>{`v${version}`}</Tag> : <Tag icon={icon}>{t('update.badge')}</Tag>
  return (
    <Tooltip text={title}>
      {install.latest === null ? (
        <span className="flex shrink-0">{tag}</span>
      ) : (
        <Link
          to={paths.libraryItem(slug, refOf({ publisherId: publisher.id, itemId: install.itemId }))}
          aria-label={title}
          className="flex shrink-0 rounded-xs"
        >
          {tag}
        </Link>
      )}
    </Tooltip>
  )
}

function UpdateNotice({ install }: { install: Install }) {
  const t = useT('library')
  const { slug } = useTenant()
  const editable = useCan('edit')
  if (install.updateTo === null || !editable) return null
  return (
    <Link to={paths.upgrade(slug, install.workflowId)} className="flex shrink-0 rounded-xs">
      <Tag tone="warn" icon={<ArrowUpFromLine aria-hidden />}>
        {t('update.available', { version: String(install.updateTo) })}
      </Tag>
    </Link>
  )
}

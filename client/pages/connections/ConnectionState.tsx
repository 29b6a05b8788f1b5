import { CircleAlert, CircleCheck, Unplug } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'
import type { ConnectionRow } from './row.ts'

/** Whether it can be used, and whose account it is. */
export function ConnectionState({ row }: { row: ConnectionRow }) {
  const t = useT('pages')
  if (row.status === 'reconnect')
    return row.trouble === null ? (
      <Tag tone="warn" icon={<Unplug aria-hidden />}>
        {t('connections.state.new')}
      </Tag>
    ) : (
      <span title={row.trouble}>
        <Tag tone="bad" icon={<CircleAlert aria-hidden />}>
          {t('connections.state.broken')}
        </Tag>
      </span>
    )
  if (row.account === null) return <span className="text-faint">{t('connections.state.stored')}</span>
  return (
    <span className="flex min-w-0 items-center gap-1.5" title={row.account}>
      <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />
      <span className="truncate text-muted">{row.account}</span>
    </span>
  )
}

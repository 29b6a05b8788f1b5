import { Pause } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'

/** Says that a workflow's runs wait in line; nothing while they do not. */
export function PausedTag({ pausedAt }: { pausedAt: string | null }) {
  const t = useT('editor')
  if (pausedAt === null) return null
  return (
    <Tag tone="warn" icon={<Pause aria-hidden />} className="shrink-0">
      {t('pause.tag')}
    </Tag>
  )
}

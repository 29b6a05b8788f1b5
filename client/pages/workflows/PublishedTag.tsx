import { useT } from '#client/lib/use-t.ts'
import { Tag } from '#client/ui/Tag.tsx'

/** Whether a version is live, and which. */
export function PublishedTag({ version }: { version: number | null }) {
  const t = useT('pages')
  return version === null ? (
    <Tag>{t('workflows.draft')}</Tag>
  ) : (
    <Tag tone="accent">{t('workflows.published', { version: String(version) })}</Tag>
  )
}

import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'

/** What an empty canvas says: where to begin. */
export function EmptyCanvas() {
  const t = useT('editor')
  return <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>
}

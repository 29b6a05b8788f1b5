import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import type { AttentionFilter } from './use-filter.ts'

/** Nothing is there: at all, or of the filter. */
export function NoStep({ filter }: { filter: AttentionFilter }) {
  const t = useT('attention')
  return filter.active ? (
    <EmptyState
      drawing="search"
      title={t('noneTitle')}
      action={<Button onClick={filter.clear}>{t('filters.clear')}</Button>}
    >
      {t('noneBody')}
    </EmptyState>
  ) : (
    <EmptyState drawing="runs" title={t('emptyTitle')}>
      {t('emptyBody')}
    </EmptyState>
  )
}

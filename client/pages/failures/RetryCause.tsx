import { RotateCcw } from 'lucide-react'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { useBulk } from '../runs/use-bulk.ts'
import type { FailureRow } from './row.ts'

/** Retries every run that failed for this cause. */
export function RetryCause({ row }: { row: FailureRow }) {
  const t = useT('monitoring')
  const bulk = useBulk()
  if (!useCan('edit')) return null
  const title = t('failures.retryTitle', { count: row.count })
  return (
    <IconButton
      size="sm"
      label={`${t('failures.retry')}: ${row.message}`}
      onClick={() => void bulk('retry', { failureKey: row.failureKey }, title)}
    >
      <RotateCcw aria-hidden />
    </IconButton>
  )
}

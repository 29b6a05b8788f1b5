import { Ban, ListChecks, RotateCcw } from 'lucide-react'
import { useCan } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import type { RunFilterInput } from './row.ts'
import { useBulk } from './use-bulk.ts'

/** What can be done to every run of the filter. */
export function BulkMenu({ filter }: { filter: RunFilterInput }) {
  const t = useT('monitoring')
  const bulk = useBulk()
  if (!useCan('edit')) return null
  return (
    <Menu
      align="end"
      trigger={<Button icon={<ListChecks aria-hidden />}>{t('runs.bulk.open')}</Button>}
      className="w-90"
    >
      <MenuItem icon={<RotateCcw aria-hidden />} onSelect={() => void bulk('retry', filter)}>
        {t('runs.bulk.retry')}
      </MenuItem>
      <MenuItem icon={<Ban aria-hidden />} tone="danger" onSelect={() => void bulk('cancel', filter)}>
        {t('runs.bulk.cancel')}
      </MenuItem>
    </Menu>
  )
}

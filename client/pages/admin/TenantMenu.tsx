import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban, Check, Ellipsis, Pause, Play, SlidersHorizontal } from 'lucide-react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '#client/ui/Menu.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { Tooltip } from '#client/ui/Tooltip.tsx'
import type { TenantRow } from './row.ts'
import type { TenantActs } from './tenants.tsx'

/** What can be done with a tenant. */
export function TenantMenu({ row, acts }: { row: TenantRow; acts: TenantActs }) {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const renew = {
    onSuccess: () => queryClient.invalidateQueries(trpc.admin.tenants.pathFilter()),
    onError: useTroubleToast(),
  }
  const pause = useMutation(trpc.admin.pauseQueue.mutationOptions(renew))
  const unpause = useMutation(trpc.admin.resumeQueue.mutationOptions(renew))
  const resume = useMutation(trpc.admin.resume.mutationOptions(renew))
  const tenantId = row.id
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="sm" label={t('admin.tenants.menu', { name: row.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<SlidersHorizontal />} onSelect={() => acts.onLimits(row)}>
        {t('admin.tenants.limits', { name: row.name })}
      </MenuItem>
      <MenuSeparator />
      {row.pausedAt ? (
        <MenuItem icon={<Play />} onSelect={() => unpause.mutate({ tenantId })}>
          {t('admin.tenants.unpause')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Pause />} onSelect={() => pause.mutate({ tenantId })}>
          {t('admin.tenants.pause')}
        </MenuItem>
      )}
      {row.suspended ? (
        <MenuItem icon={<Check />} onSelect={() => resume.mutate({ tenantId })}>
          {t('admin.tenants.resume')}
        </MenuItem>
      ) : (
        <MenuItem icon={<Ban />} tone="danger" onSelect={() => acts.onSuspend(row)}>
          {t('admin.tenants.suspend')}
        </MenuItem>
      )}
    </Menu>
  )
}

/** Whether a tenant works; why not on hover. */
export function TenantState({ row }: { row: TenantRow }) {
  const t = useT('monitoring')
  if (row.suspended)
    return (
      <Tooltip text={row.suspended.why}>
        <button type="button" className="rounded-xs">
          <Tag tone="bad">{t('admin.tenants.suspended')}</Tag>
        </button>
      </Tooltip>
    )
  return row.pausedAt ? <Tag tone="warn">{t('admin.tenants.paused')}</Tag> : null
}

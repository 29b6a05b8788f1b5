import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Download, Ellipsis, PackageMinus, Upload } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import { toast } from '#client/ui/toasts.ts'
import { paths } from '../../paths.ts'
import { InstallDialog } from './InstallDialog.tsx'
import type { LibraryItem } from './row.ts'

/** What can be done with an item: install it; for those who publish it also more. */
export function ItemActions({ item }: { item: LibraryItem }) {
  const t = useT('library')
  const { slug } = useTenant()
  const navigate = useNavigate()
  const editable = useCan('edit')
  const [installing, setInstalling] = useState(false)
  const withdraw = useWithdraw(item)
  const [newest] = item.versions
  if (!editable) return null
  return (
    <div className="flex items-center gap-2">
      <Button variant="primary" icon={<Download aria-hidden />} onClick={() => setInstalling(true)}>
        {item.version === newest?.number
          ? t('item.install')
          : t('item.installVersion', { version: String(item.version) })}
      </Button>
      {item.isOwn && (
        <Menu
          align="end"
          trigger={
            <IconButton label={t('item.publishNext')}>
              <Ellipsis aria-hidden />
            </IconButton>
          }
        >
          {item.workflowId && (
            <MenuItem
              icon={<Upload />}
              onSelect={() => void navigate(paths.publishToLibrary(slug, item.workflowId ?? ''))}
            >
              {t('item.publishNext')}
            </MenuItem>
          )}
          {!item.withdrawn && (
            <MenuItem icon={<PackageMinus />} tone="danger" onSelect={() => void withdraw()}>
              {t('item.withdraw')}
            </MenuItem>
          )}
        </Menu>
      )}
      <InstallDialog item={item} open={installing} onOpenChange={setInstalling} />
    </div>
  )
}

function useWithdraw({ itemId, name }: LibraryItem) {
  const t = useT('library')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const onError = useTroubleToast()
  const withdraw = useMutation(
    trpc.library.withdraw.mutationOptions({
      onError,
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.library.pathFilter())
        toast({ tone: 'good', title: t('item.withdrawDone', { name }) })
      },
    }),
  )
  return async () => {
    const question = {
      title: t('item.withdrawTitle', { name }),
      body: t('item.withdrawBody'),
      action: t('item.withdraw'),
    }
    if (await confirm(question)) withdraw.mutate({ itemId })
  }
}

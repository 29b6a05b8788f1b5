import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Copy, Ellipsis, LibraryBig, PencilLine, Play, Trash2 } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useCan, useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '#client/ui/Menu.tsx'
import { toast } from '#client/ui/toasts.ts'
import { paths } from '../../paths.ts'
import { PauseItem } from './PauseItem.tsx'
import type { WorkflowRow } from './row.ts'

export function WorkflowMenu({ row, onRename }: { row: WorkflowRow; onRename: (row: WorkflowRow) => void }) {
  const t = useT('pages')
  const library = useT('library')
  const { slug } = useTenant()
  const editable = useCan('edit')
  const navigate = useNavigate()
  const { duplicate, remove } = useWorkflowActs(row)
  const ask = async () => {
    const question = {
      title: t('workflows.removeTitle', { name: row.name }),
      body: t('workflows.removeBody'),
      action: t('workflows.removeAction'),
    }
    if (await confirm(question)) remove()
  }
  return (
    <Menu
      align="end"
      trigger={
        <IconButton size="sm" label={t('workflows.actions', { name: row.name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
    >
      <MenuItem icon={<Play />} onSelect={() => void navigate(paths.runsOf(slug, row.id))}>
        {t('workflows.runs')}
      </MenuItem>
      {editable && (
        <>
          <MenuItem icon={<PencilLine />} onSelect={() => onRename(row)}>
            {t('workflows.rename')}
          </MenuItem>
          <MenuItem icon={<Copy />} onSelect={duplicate}>
            {t('workflows.duplicate')}
          </MenuItem>
          <MenuItem
            icon={<LibraryBig />}
            onSelect={() => void navigate(paths.publishToLibrary(slug, row.id))}
          >
            {library('publish.menu')}
          </MenuItem>
          <PauseItem workflow={row} />
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => void ask()}>
            {t('workflows.remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function useWorkflowActs({ id, name }: WorkflowRow) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const said = (title: string) => async () => {
    await queryClient.invalidateQueries(trpc.workflows.list.pathFilter())
    toast({ tone: 'good', title })
  }
  const duplicate = useMutation(
    trpc.workflows.duplicate.mutationOptions({
      onSuccess: said(t('workflows.duplicated', { name })),
      onError,
    }),
  )
  const remove = useMutation(
    trpc.workflows.remove.mutationOptions({ onSuccess: said(t('workflows.removed', { name })), onError }),
  )
  return { duplicate: () => duplicate.mutate({ id }), remove: () => remove.mutate({ id }) }
}

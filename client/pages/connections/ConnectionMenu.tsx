import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, PencilLine, Plug, Trash2, Zap } from 'lucide-react'
import { useState } from 'react'
import { troubleOf, useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { Menu, MenuItem, MenuSeparator } from '#client/ui/Menu.tsx'
import { toast } from '#client/ui/toasts.ts'
import { InUse, type UsingWorkflow, usersIn } from './InUse.tsx'
import type { ConnectionKind, ConnectionRow } from './row.ts'
import { useConnect } from './use-connect.ts'
import { useTry } from './use-try.ts'

interface ConnectionMenuProps {
  row: ConnectionRow
  kind: ConnectionKind | undefined
  onEdit: (row: ConnectionRow) => void
}

export function ConnectionMenu({ row, kind, onEdit }: ConnectionMenuProps) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const showTrouble = useTroubleToast()
  const [users, setUsers] = useState<UsingWorkflow[]>([])
  const remove = useMutation(
    trpc.connections.remove.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.connections.list.pathFilter())
        toast({ tone: 'good', title: t('connections.removed', { name: row.name }) })
      },
      onError: (error) => {
        const users = usersIn(troubleOf(error).details)
        if (users.length > 0) setUsers(users)
        else showTrouble(error)
      },
    }),
  )
  const { connect } = useConnect()
  const { attempt } = useTry(row)
  const ask = async () => {
    const question = {
      title: t('connections.removeTitle', { name: row.name }),
      body: t('connections.removeBody'),
      action: t('connections.removeAction'),
    }
    if (await confirm(question)) remove.mutate({ id: row.id })
  }
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={t('connections.actions', { name: row.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<PencilLine />} onSelect={() => onEdit(row)}>
          {t('connections.edit')}
        </MenuItem>
        {kind?.tests && (
          <MenuItem icon={<Zap />} onSelect={attempt}>
            {t('connections.test')}
          </MenuItem>
        )}
        {kind?.signsIn && (
          <MenuItem icon={<Plug />} onSelect={() => void connect(row.id)}>
            {t(
              row.account === null && row.trouble === null ? 'connections.connect' : 'connections.reconnect',
            )}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => void ask()}>
          {t('connections.remove')}
        </MenuItem>
      </Menu>
      <InUse name={row.name} users={users} onDone={() => setUsers([])} />
    </>
  )
}

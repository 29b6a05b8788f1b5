import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LogOut, UserMinus } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useCan, useSession, useTenant, useUser } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { toast } from '#client/ui/toasts.ts'
import { paths } from '../../paths.ts'
import type { MemberRow } from './row.ts'

/** Removes a member; on one's own row, leaves. */
export function RemoveMember({ row }: { row: MemberRow }) {
  const user = useUser()
  const manages = useCan('administer')
  const owns = useCan('own')
  if (row.userId === user.id) return <Leave />
  if (!manages || (row.role === 'owner' && !owns)) return null
  return <Remove row={row} />
}

function Remove({ row }: { row: MemberRow }) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.members.list.pathFilter())
        toast({ tone: 'good', title: t('members.removed', { name: row.name }) })
      },
      onError,
    }),
  )
  const ask = async () => {
    const question = {
      title: t('members.removeTitle', { name: row.name }),
      body: t('members.removeBody'),
      action: t('members.removeAction'),
    }
    if (await confirm(question)) remove.mutate({ memberId: row.id })
  }
  return (
    <IconButton size="sm" label={t('members.remove', { name: row.name })} onClick={() => void ask()}>
      <UserMinus aria-hidden />
    </IconButton>
  )
}

function Leave() {
  const t = useT('pages')
  const trpc = useTRPC()
  const tenant = useTenant()
  const navigate = useNavigate()
  const { refresh } = useSession()
  const onError = useTroubleToast()
  const leave = useMutation(
    trpc.members.leave.mutationOptions({
      onSuccess: async () => {
        await navigate(paths.account())
        await refresh()
      },
      onError,
    }),
  )
  const ask = async () => {
    const question = {
      title: t('members.leaveTitle', { tenant: tenant.name }),
      body: t('members.leaveBody'),
      action: t('members.leaveAction'),
    }
    if (await confirm(question)) leave.mutate()
  }
  return (
    <IconButton size="sm" label={t('members.leaveAction')} onClick={() => void ask()}>
      <LogOut aria-hidden />
    </IconButton>
  )
}

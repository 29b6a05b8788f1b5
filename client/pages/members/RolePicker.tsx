import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTroubleToast } from '#client/lib/errors.ts'
import { roles, useCan, useSession, useUser } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import { toast } from '#client/ui/toasts.ts'
import type { MemberRow } from './row.ts'

/** A member's role: a choice for those who may give it, a word for the others. */
export function RolePicker({ row }: { row: MemberRow }) {
  const t = useT('pages')
  const shell = useT('shell')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const user = useUser()
  const { refresh } = useSession()
  const onError = useTroubleToast()
  const manages = useCan('administer')
  const owns = useCan('own')
  const setRole = useMutation(
    trpc.members.setRole.mutationOptions({
      onSuccess: async (_, { role }) => {
        await queryClient.invalidateQueries(trpc.members.list.pathFilter())
        if (row.userId === user.id) await refresh()
        toast({
          tone: 'good',
          title: t('members.roleChanged', { name: row.name, role: shell(`roles.${role}`) }),
        })
      },
      onError,
    }),
  )
  if (!manages || (row.role === 'owner' && !owns))
    return <span className="text-muted">{shell(`roles.${row.role}`)}</span>
  return (
    <Select
      size="sm"
      className="w-36 shrink-0 phone:w-32"
      aria-label={t('members.roleOf', { name: row.name })}
      value={setRole.isPending ? setRole.variables.role : row.role}
      disabled={setRole.isPending}
      onChange={(role) => setRole.mutate({ memberId: row.id, role })}
      options={roles
        .filter((role) => role !== 'owner' || owns)
        .map((role) => ({ value: role, label: shell(`roles.${role}`) }))}
    />
  )
}

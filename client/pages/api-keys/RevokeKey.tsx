import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ban } from 'lucide-react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { toast } from '#client/ui/toasts.ts'
import type { ApiKeyRow } from './row.ts'

export function RevokeKey({ row }: { row: ApiKeyRow }) {
  const t = useT('pages')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const revoke = useMutation(
    trpc.apiKeys.revoke.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.apiKeys.list.pathFilter())
        toast({ tone: 'good', title: t('apiKeys.revokedToast', { name: row.name }) })
      },
      onError,
    }),
  )
  if (row.revokedAt) return null
  const ask = async () => {
    const question = {
      title: t('apiKeys.revokeTitle', { name: row.name }),
      body: t('apiKeys.revokeBody'),
      action: t('apiKeys.revokeAction'),
    }
    if (await confirm(question)) revoke.mutate({ id: row.id })
  }
  return (
    <IconButton size="sm" label={t('apiKeys.revoke', { name: row.name })} onClick={() => void ask()}>
      <Ban aria-hidden />
    </IconButton>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Send, Trash2 } from 'lucide-react'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { confirm } from '#client/ui/confirm.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { toast } from '#client/ui/toasts.ts'
import type { RuleRow } from './row.ts'

/** Tries a rule's message, or removes it. */
export function RuleActions({ row }: { row: RuleRow }) {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onError = useTroubleToast()
  const renew = () => queryClient.invalidateQueries(trpc.alerts.pathFilter())
  const test = useMutation(
    trpc.alerts.testRule.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'good', title: t('alerts.tested') })
        await renew()
      },
      onError,
    }),
  )
  const remove = useMutation(trpc.alerts.removeRule.mutationOptions({ onSuccess: renew, onError }))
  const ask = async () => {
    const question = {
      title: t('alerts.removeTitle', { name: row.name }),
      body: t('alerts.removeBody'),
      action: t('alerts.removeAction'),
    }
    if (await confirm(question)) remove.mutate({ id: row.id })
  }
  return (
    <span className="flex">
      <IconButton
        size="sm"
        label={t('alerts.test', { name: row.name })}
        disabled={test.isPending}
        onClick={() => test.mutate({ id: row.id })}
      >
        <Send aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('alerts.remove', { name: row.name })} onClick={() => void ask()}>
        <Trash2 aria-hidden />
      </IconButton>
    </span>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { TenantRow } from './row.ts'

/** Stops a tenant, with the reason its members see. */
export function SuspendDialog({ row, onClose }: { row: TenantRow | null; onClose: () => void }) {
  const t = useT('monitoring')
  return (
    <Dialog
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('admin.tenants.suspendTitle', { name: row?.name ?? '' })}
      description={t('admin.tenants.suspendBody')}
    >
      {row && <SuspendForm key={row.id} row={row} onDone={onClose} />}
    </Dialog>
  )
}

function SuspendForm({ row, onDone }: { row: TenantRow; onDone: () => void }) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const suspend = useMutation(
    trpc.admin.suspend.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.admin.tenants.pathFilter())
        onDone()
      },
    }),
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (why.trim()) suspend.mutate({ tenantId: row.id, why: why.trim() })
      }}
      className="flex flex-col gap-4"
    >
      {suspend.error && <FormError>{words(suspend.error).body}</FormError>}
      <Field
        label={t('admin.tenants.why')}
        error={tried && !why.trim() && t('admin.tenants.whyNeeded')}
        required
      >
        <TextInput autoFocus maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />
      </Field>
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="danger" busy={suspend.isPending}>
          {t('admin.tenants.suspend')}
        </Button>
      </DialogActions>
    </form>
  )
}

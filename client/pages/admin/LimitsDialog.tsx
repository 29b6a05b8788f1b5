import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useFormat } from '#client/lib/format.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { toast } from '#client/ui/toasts.ts'
import { LimitFields, limitIn, textsOf } from './LimitFields.tsx'
import { OverLimitField } from './OverLimitField.tsx'
import type { LimitName, TenantRow } from './row.ts'

/** What one tenant may use. */
export function LimitsDialog({ row, onClose }: { row: TenantRow | null; onClose: () => void }) {
  const t = useT('monitoring')
  return (
    <Dialog
      open={row !== null}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={t('admin.tenants.limits', { name: row?.name ?? '' })}
    >
      {row && <LimitsForm key={row.id} row={row} onDone={onClose} />}
    </Dialog>
  )
}

function LimitsForm({ row, onDone }: { row: TenantRow; onDone: () => void }) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const words = useTroubleWords()
  const format = useFormat()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [texts, setTexts] = useState(() => textsOf(row.limits))
  const [overLimit, setOverLimit] = useState(row.limits.overLimit)
  const [weight, setWeight] = useState(String(row.limits.weight))
  const { data: defaults } = useQuery(trpc.admin.defaults.queryOptions())
  const save = useMutation(
    trpc.admin.setLimits.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.admin.tenants.pathFilter())
        toast({ tone: 'good', title: t('admin.tenants.saved') })
        onDone()
      },
    }),
  )
  const placeholder = (name: LimitName) => {
    const value = defaults?.[name]
    if (value === undefined) return ''
    return t('admin.limits.default', {
      value: value === null ? t('admin.limits.none') : format.number(value),
    })
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({
          tenantId: row.id,
          weight: Math.max(1, Math.round(Number(weight) || 1)),
          concurrentRuns: limitIn(texts.concurrentRuns),
          runsPerMinute: limitIn(texts.runsPerMinute),
          queuedRuns: limitIn(texts.queuedRuns),
          dailyRuns: limitIn(texts.dailyRuns),
          overLimit,
          storageMb: limitIn(texts.storageMb),
          monthlyCostUsd: limitIn(texts.monthlyCostUsd),
        })
      }}
      className="flex flex-col gap-4"
    >
      {save.error && <FormError>{words(save.error).body}</FormError>}
      <LimitFields texts={texts} onChange={setTexts} placeholder={placeholder} />
      <OverLimitField value={overLimit} byDefault={defaults?.overLimit ?? null} onChange={setOverLimit} />
      <Field label={t('admin.limits.weight')} help={t('admin.limits.weightHelp')} className="max-w-40">
        <TextInput
          type="number"
          min={1}
          max={1_000}
          value={weight}
          onChange={(event) => setWeight(event.target.value)}
        />
      </Field>
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t('admin.tenants.save')}
        </Button>
      </DialogActions>
    </form>
  )
}

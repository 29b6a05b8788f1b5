import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import type { Outputs } from '#client/lib/router-types.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { toast } from '#client/ui/toasts.ts'
import { LimitFields, limitIn, textsOf } from './LimitFields.tsx'
import { OverLimitField } from './OverLimitField.tsx'
import { mayBeUnlimited } from './row.ts'

type Defaults = Outputs['admin']['defaults']

/** What every tenant without limits of its own may use. */
export function DefaultsDialog(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useT('monitoring')
  const trpc = useTRPC()
  const { data } = useQuery(trpc.admin.defaults.queryOptions(undefined, { enabled: props.open }))
  return (
    <Dialog {...props} title={t('admin.tenants.defaults')} description={t('admin.tenants.defaultsLead')}>
      {data && <DefaultsForm defaults={data} onDone={() => props.onOpenChange(false)} />}
    </Dialog>
  )
}

function DefaultsForm({ defaults, onDone }: { defaults: Defaults; onDone: () => void }) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [texts, setTexts] = useState(() => textsOf(defaults))
  const [overLimit, setOverLimit] = useState(defaults.overLimit)
  const save = useMutation(
    trpc.admin.setDefaults.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.admin.defaults.pathFilter())
        toast({ tone: 'good', title: t('admin.tenants.saved') })
        onDone()
      },
    }),
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({
          // An emptied field leaves what there was, where something has to hold.
          concurrentRuns: limitIn(texts.concurrentRuns) ?? defaults.concurrentRuns,
          runsPerMinute: limitIn(texts.runsPerMinute) ?? defaults.runsPerMinute,
          queuedRuns: limitIn(texts.queuedRuns) ?? defaults.queuedRuns,
          dailyRuns: limitIn(texts.dailyRuns),
          overLimit,
          storageMb: limitIn(texts.storageMb) ?? defaults.storageMb,
          monthlyCostUsd: limitIn(texts.monthlyCostUsd),
        })
      }}
      className="flex flex-col gap-4"
    >
      {save.error && <FormError>{words(save.error).body}</FormError>}
      <LimitFields
        texts={texts}
        onChange={setTexts}
        placeholder={(name) => (mayBeUnlimited(name) ? t('admin.limits.none') : '')}
      />
      <OverLimitField value={overLimit} onChange={(value) => value && setOverLimit(value)} />
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t('admin.tenants.save')}
        </Button>
      </DialogActions>
    </form>
  )
}

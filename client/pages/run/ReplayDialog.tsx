import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { ReplayForm, type ReplayFormProps } from './ReplayForm.tsx'
import { useStepTitle } from './use-step-title.ts'

/** Goes on from a step of this run, in a new one. */
export function ReplayDialog(props: ReplayFormProps) {
  const t = useT('replay')
  const title = useStepTitle()
  const isFirst = props.record.trigger?.key === props.step
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={t('title', { step: title(props.step) })}
      description={t(isFirst ? 'bodyFirst' : 'body')}
    >
      <ReplayForm {...props} />
    </Dialog>
  )
}

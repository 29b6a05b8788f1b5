import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { CopyOnce } from '../frame/CopyOnce.tsx'
import { RuleForm } from './RuleForm.tsx'
import type { RuleRow } from './row.ts'

/** Makes or changes a rule; a webhook's signing secret is shown once. */
export function RuleDialog({ rule, onClose }: { rule: RuleRow | 'new' | null; onClose: () => void }) {
  const t = useT('monitoring')
  const [secret, setSecret] = useState<string | null>(null)
  const close = () => {
    setSecret(null)
    onClose()
  }
  const given = rule === 'new' ? undefined : (rule ?? undefined)
  const title = secret
    ? t('alerts.secret.title')
    : given
      ? t('alerts.form.editTitle')
      : t('alerts.form.newTitle')
  return (
    <Dialog
      open={rule !== null}
      // A secret is only left by its button.
      onOpenChange={(open) => {
        if (!open && !secret) close()
      }}
      title={title}
      description={secret ? t('alerts.secret.lead') : undefined}
    >
      {secret ? (
        <>
          <CopyOnce label={t('alerts.secret.label')} text={secret} copyLabel={t('alerts.secret.copy')} />
          <DialogActions>
            <Button variant="primary" onClick={close}>
              {t('alerts.secret.done')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <RuleForm
          key={given?.id ?? 'new'}
          rule={given}
          onCancel={close}
          onSaved={(signingSecret) => (signingSecret ? setSecret(signingSecret) : close())}
        />
      )}
    </Dialog>
  )
}

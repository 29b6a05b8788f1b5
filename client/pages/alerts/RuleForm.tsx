import { useTroubleWords } from '#client/lib/errors.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { Switch } from '#client/ui/Switch.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { WorkflowPicker } from '../runs/WorkflowPicker.tsx'
import { ChannelFields } from './ChannelFields.tsx'
import { NumberField } from './NumberField.tsx'
import { channelKinds, conditionKinds, type RuleRow } from './row.ts'
import { useRuleForm } from './use-rule-form.ts'

interface RuleFormProps {
  rule: RuleRow | undefined
  onCancel: () => void
  onSaved: (signingSecret: string | null) => void
}

export function RuleForm({ rule, onCancel, onSaved }: RuleFormProps) {
  const t = useT('monitoring')
  const ui = useT('ui')
  const words = useTroubleWords()
  const form = useRuleForm(rule, onSaved)
  const { draft, set, tried } = form
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        form.save()
      }}
      className="flex flex-col gap-4"
    >
      {form.error && <FormError>{words(form.error).body}</FormError>}
      <Field
        label={t('alerts.form.name')}
        error={tried && !draft.name.trim() && t('alerts.form.nameNeeded')}
        required
      >
        <TextInput
          autoFocus
          maxLength={120}
          placeholder={t('alerts.form.namePlaceholder')}
          value={draft.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
        <Field label={t('alerts.form.kind')}>
          <Select
            value={draft.condition}
            onChange={(condition) => set({ condition })}
            options={conditionKinds.map((value) => ({ value, label: t(`alerts.form.kinds.${value}`) }))}
          />
        </Field>
        <Field label={t('alerts.form.workflow')}>
          <WorkflowPicker workflowId={draft.workflowId} onPick={(workflowId) => set({ workflowId })} />
        </Field>
      </div>
      {draft.condition === 'failure_rate' && (
        <div className="grid grid-cols-3 gap-4 phone:grid-cols-1">
          <NumberField
            label={t('alerts.form.percent')}
            value={draft.percent}
            max={100}
            onChange={(percent) => set({ percent })}
          />
          <NumberField
            label={t('alerts.form.minutes')}
            value={draft.minutes}
            max={1_440}
            onChange={(minutes) => set({ minutes })}
          />
          <NumberField
            label={t('alerts.form.least')}
            value={draft.least}
            max={10_000}
            onChange={(least) => set({ least })}
          />
        </div>
      )}
      <Field label={t('alerts.form.channel')} className="max-w-60">
        <Select
          value={draft.channel}
          onChange={(channel) => set({ channel, connectionId: '' })}
          options={channelKinds.map((value) => ({ value, label: t(`alerts.channel.${value}`) }))}
        />
      </Field>
      <ChannelFields draft={draft} set={set} tried={tried} keeps={form.keepsChannel} />
      <div className="flex items-end justify-between gap-4">
        <NumberField
          label={t('alerts.form.quiet')}
          value={draft.quietMinutes}
          min={0}
          max={10_080}
          onChange={(quietMinutes) => set({ quietMinutes })}
        />
        <Switch
          label={t('alerts.form.enabled')}
          checked={draft.enabled}
          onChange={(enabled) => set({ enabled })}
        />
      </div>
      <DialogActions>
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={form.busy}>
          {rule ? t('alerts.form.save') : t('alerts.form.create')}
        </Button>
      </DialogActions>
    </form>
  )
}

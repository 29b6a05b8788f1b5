import { useEditor, useEditorStore } from '#client/canvas/store.ts'
import { edit } from '#client/canvas/verbs.ts'
import { AmountField } from '#client/forms/AmountField.tsx'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { documentLimits, type WorkflowSettings } from '#nodes/graph/document.ts'
import { parse } from '#nodes/graph/expression/parse.ts'

const MOST_MINUTES = 5_256_000

/** What holds for each run of the workflow as a whole. Changes are part of the drawing: saved and undone with it. */
export function SettingsDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useT('editor')
  const ui = useT('ui')
  const store = useEditorStore()
  const readOnly = useEditor((state) => state.readonly)
  const settings = useEditor((state) => state.document.settings) ?? {}
  const set = (change: { [Name in keyof WorkflowSettings]: WorkflowSettings[Name] | undefined }) =>
    edit(store, { type: 'settings', settings: change })
  const key = settings.orderingKey?.expr ?? ''
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('settings.title')}
      description={t('settings.lead')}
    >
      <div className="flex flex-col gap-5 pb-2">
        <AmountField
          whole
          label={t('settings.timeout')}
          help={t('settings.timeoutHelp')}
          value={settings.timeoutMinutes}
          range={[1, MOST_MINUTES]}
          unit={t('settings.minutes')}
          readOnly={readOnly}
          onChange={(value) => {
            // What a document cannot hold is not written into it.
            if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= MOST_MINUTES))
              set({ timeoutMinutes: value })
          }}
        />
        <Field
          label={t('settings.orderingKey')}
          help={t('settings.orderingKeyHelp')}
          error={isExpression(key) ? undefined : t('settings.orderingKeyWrong')}
        >
          <TextInput
            value={key}
            readOnly={readOnly}
            spellCheck={false}
            maxLength={documentLimits.expression}
            placeholder="trigger.body.customerId"
            onChange={({ target }) =>
              set({ orderingKey: target.value.trim() === '' ? undefined : { expr: target.value } })
            }
            className="font-mono"
          />
        </Field>
        <Field label={t('settings.onFailure')} help={t('settings.onFailureHelp')}>
          <Select
            value={settings.onFailure ?? 'fail'}
            disabled={readOnly}
            onChange={(value) => set({ onFailure: value === 'fail' ? undefined : value })}
            options={[
              { value: 'fail', label: t('settings.fail') },
              { value: 'attention', label: t('settings.attention') },
            ]}
          />
        </Field>
      </div>
      <DialogActions>
        <Button variant="primary" onClick={() => onOpenChange(false)}>
          {ui('close')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function isExpression(source: string): boolean {
  if (source.trim() === '') return true
  try {
    parse(source)
    return true
  } catch {
    return false
  }
}

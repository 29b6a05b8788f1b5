import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Autosave } from '#client/canvas/autosave.ts'
import { useCardWords } from '#client/canvas/node-words.ts'
import { useEditor } from '#client/canvas/store.ts'
import { useTroubleToast } from '#client/lib/errors.ts'
import { useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import type { DocumentNode } from '#nodes/graph/document.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { readInput, rememberSample, sampleInput } from './sample-input.ts'

export interface RunDialogProps {
  workflowId: string
  autosave: Autosave
  open: boolean
  onOpenChange: (open: boolean) => void
  onStarted: (runId: string) => void
}

interface Trigger {
  node: DocumentNode
  info: NodeInfo
}

/** Runs the draft by hand, with what its trigger would have brought. */
export function RunDialog(props: RunDialogProps) {
  const { open, onOpenChange } = props
  const t = useT('editor')
  const drawing = useEditor((state) => state.document)
  const find = useEditor((state) => state.find)
  const triggers = drawing.nodes.flatMap((node): Trigger[] => {
    const info = find(node.type, node.version)
    return info?.role === 'trigger' ? [{ node, info }] : []
  })
  const [first] = triggers
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('run.title')}>
      {first ? (
        <RunForm {...props} triggers={triggers} first={first} />
      ) : (
        <p className="pb-2 text-muted">{t('run.noTrigger')}</p>
      )}
    </Dialog>
  )
}

function RunForm({
  workflowId,
  autosave,
  onOpenChange,
  onStarted,
  triggers,
  first,
}: RunDialogProps & { triggers: Trigger[]; first: Trigger }) {
  const t = useT('editor')
  const ui = useT('ui')
  const words = useCardWords()
  const client = useTRPCClient()
  const onError = useTroubleToast()
  const [key, setKey] = useState(first.node.key)
  const [texts, setTexts] = useState<Record<string, string>>({})
  const trigger = triggers.find((each) => each.node.key === key) ?? first
  const text = texts[key] ?? sampleInput(workflowId, trigger)
  const input = readInput(text)
  const run = useMutation({
    mutationFn: async () => {
      await autosave.flush()
      rememberSample(workflowId, { trigger: key, text })
      return client.runs.start.mutate({
        workflowId,
        source: 'draft',
        trigger: key,
        input: input?.value ?? null,
      })
    },
    onSuccess: ({ runId }) => {
      onOpenChange(false)
      onStarted(runId)
    },
    onError,
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (input && !run.isPending) run.mutate()
      }}
    >
      {triggers.length > 1 && (
        <Field label={t('run.trigger')}>
          <Select
            value={key}
            onChange={setKey}
            options={triggers.map(({ node, info }) => ({ value: node.key, label: words.title(node, info) }))}
          />
        </Field>
      )}
      <Field
        label={t(`run.input.${trigger.info.starts ?? 'manual'}`)}
        help={t('run.inputHelp')}
        error={input ? undefined : t('run.notJson')}
      >
        <TextArea
          mono
          rows={8}
          spellCheck={false}
          value={text}
          onChange={(event) => setTexts({ ...texts, [key]: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit()
          }}
        />
      </Field>
      <DialogActions>
        <Button onClick={() => onOpenChange(false)}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={run.isPending} disabled={!input}>
          {t('run.start')}
        </Button>
      </DialogActions>
    </form>
  )
}

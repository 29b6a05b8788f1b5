import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { WorkflowRow } from './row.ts'

export function RenameWorkflow({ workflow, onDone }: { workflow: WorkflowRow | null; onDone: () => void }) {
  const t = useT('pages')
  return (
    <Dialog
      size="sm"
      open={workflow !== null}
      onOpenChange={(open) => {
        if (!open) onDone()
      }}
      title={t('workflows.renameTitle')}
    >
      {workflow && <RenameForm workflow={workflow} onDone={onDone} />}
    </Dialog>
  )
}

function RenameForm({ workflow, onDone }: { workflow: WorkflowRow; onDone: () => void }) {
  const t = useT('pages')
  const ui = useT('ui')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState(workflow.name)
  const [description, setDescription] = useState(workflow.description)
  const rename = useMutation(
    trpc.workflows.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.workflows.list.pathFilter())
        onDone()
      },
    }),
  )
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if (name.trim()) rename.mutate({ id: workflow.id, name: name.trim(), description: description.trim() })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {rename.error && <FormError>{words(rename.error).body}</FormError>}
      <Field label={t('workflows.name')} error={!name.trim() && t('workflows.nameNeeded')} required>
        <TextInput autoFocus maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('workflows.description')} help={t('workflows.descriptionHelp')}>
        <TextArea
          maxLength={1_000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </Field>
      <DialogActions>
        <Button onClick={onDone}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={rename.isPending}>
          {t('workflows.submitRename')}
        </Button>
      </DialogActions>
    </form>
  )
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { paths } from '../../paths.ts'

export interface CreateWorkflowProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Names a new workflow and opens it in the editor. */
export function CreateWorkflow({ open, onOpenChange }: CreateWorkflowProps) {
  const t = useT('pages')
  return (
    <Dialog
      size="sm"
      open={open}
      onOpenChange={onOpenChange}
      title={t('workflows.createTitle')}
      description={t('workflows.createLead')}
    >
      <CreateForm onCancel={() => onOpenChange(false)} />
    </Dialog>
  )
}

function CreateForm({ onCancel }: { onCancel: () => void }) {
  const t = useT('pages')
  const ui = useT('ui')
  const words = useTroubleWords()
  const { slug } = useTenant()
  const navigate = useNavigate()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const create = useMutation(
    trpc.workflows.create.mutationOptions({
      onSuccess: async ({ id }) => {
        void queryClient.invalidateQueries(trpc.workflows.list.pathFilter())
        await navigate(paths.workflow(slug, id))
      },
    }),
  )
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim()) create.mutate({ name: name.trim() })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {create.error && <FormError>{words(create.error).body}</FormError>}
      <Field label={t('workflows.name')} error={tried && !name.trim() && t('workflows.nameNeeded')} required>
        <TextInput
          autoFocus
          maxLength={120}
          placeholder={t('workflows.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <DialogActions>
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {t('workflows.submitCreate')}
        </Button>
      </DialogActions>
    </form>
  )
}

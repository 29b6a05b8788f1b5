import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { type Role, roles, useCan } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { CopyOnce } from '../frame/CopyOnce.tsx'

interface Invited {
  url: string
  email: string
  role: Role
}

/** Invites by link: first who, then the link to send. */
export function InviteDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useT('pages')
  const shell = useT('shell')
  const [invited, setInvited] = useState<Invited | null>(null)
  const change = (next: boolean) => {
    onOpenChange(next)
    if (!next) setInvited(null)
  }
  return (
    <Dialog
      size="sm"
      open={open}
      onOpenChange={change}
      title={invited ? t('members.linkTitle') : t('members.inviteTitle')}
      description={
        invited
          ? t('members.linkLead', { email: invited.email, role: shell(`roles.${invited.role}`) })
          : t('members.inviteLead')
      }
    >
      {invited ? (
        <>
          <CopyOnce label={t('members.link')} text={invited.url} />
          <DialogActions>
            <Button variant="primary" onClick={() => change(false)}>
              {t('members.done')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <InviteForm onInvited={setInvited} onCancel={() => change(false)} />
      )}
    </Dialog>
  )
}

function InviteForm({
  onInvited,
  onCancel,
}: {
  onInvited: (invited: Invited) => void
  onCancel: () => void
}) {
  const t = useT('pages')
  const ui = useT('ui')
  const shell = useT('shell')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const owns = useCan('own')
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const [tried, setTried] = useState(false)
  const wrong = !/^\S+@\S+\.\S+$/.test(email.trim())
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      onSuccess: async ({ url }, { email, role }) => {
        await queryClient.invalidateQueries(trpc.members.invitations.pathFilter())
        onInvited({ url, email, role })
      },
    }),
  )
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!wrong) invite.mutate({ email: email.trim(), role })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {invite.error && <FormError>{words(invite.error).body}</FormError>}
      <Field label={t('members.email')} error={tried && wrong && t('members.emailNeeded')} required>
        <TextInput
          type="email"
          autoFocus
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <Field label={t('members.role')} help={t(`members.roleHelp.${role}`)}>
        <Select
          value={role}
          onChange={setRole}
          options={roles
            .filter((role) => role !== 'owner' || owns)
            .map((role) => ({ value: role, label: shell(`roles.${role}`) }))}
        />
      </Field>
      <DialogActions>
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={invite.isPending}>
          {t('members.submitInvite')}
        </Button>
      </DialogActions>
    </form>
  )
}

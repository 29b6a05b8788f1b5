import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Checkbox } from '#client/ui/Checkbox.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { CopyOnce } from '../frame/CopyOnce.tsx'
import { type Expiry, expiresAt, expiries } from './expiry.ts'
import { type OfferedScope, offeredScopes } from './row.ts'

/** Makes a key and shows it once. */
export function CreateKeyDialog({
  open,
  onOpenChange,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useT('pages')
  const [key, setKey] = useState<string | null>(null)
  const change = (next: boolean) => {
    onOpenChange(next)
    if (!next) setKey(null)
  }
  return (
    <Dialog
      open={open}
      // A key that was made is only left by its button: a stray click beside the dialog would lose it.
      onOpenChange={(next) => {
        if (next || !key) change(next)
      }}
      title={key ? t('apiKeys.shownTitle') : t('apiKeys.createTitle')}
      description={key ? t('apiKeys.shownLead') : undefined}
    >
      {key ? (
        <>
          <CopyOnce label={t('apiKeys.key')} text={key} copyLabel={t('apiKeys.copy')} />
          <DialogActions>
            <Button variant="primary" onClick={() => change(false)}>
              {t('apiKeys.done')}
            </Button>
          </DialogActions>
        </>
      ) : (
        <KeyForm onCreated={setKey} onCancel={() => change(false)} />
      )}
    </Dialog>
  )
}

function KeyForm({ onCreated, onCancel }: { onCreated: (key: string) => void; onCancel: () => void }) {
  const t = useT('pages')
  const ui = useT('ui')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly OfferedScope[]>(['workflow.read', 'run.read', 'run.start'])
  const [expiry, setExpiry] = useState<Expiry>('quarter')
  const [tried, setTried] = useState(false)
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: ({ key }) => {
        onCreated(key)
        return queryClient.invalidateQueries(trpc.apiKeys.list.pathFilter())
      },
    }),
  )
  const toggle = (scope: OfferedScope, on: boolean) =>
    setScopes(offeredScopes.filter((offered) => (offered === scope ? on : scopes.includes(offered))))
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || scopes.length === 0) return
    create.mutate({ name: name.trim(), scopes: [...scopes], expiresAt: expiresAt(expiry, new Date()) })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {create.error && <FormError>{words(create.error).body}</FormError>}
      <Field label={t('apiKeys.name')} error={tried && !name.trim() && t('apiKeys.nameNeeded')} required>
        <TextInput
          autoFocus
          maxLength={120}
          autoComplete="off"
          placeholder={t('apiKeys.namePlaceholder')}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <fieldset>
        <legend className="mb-1 font-medium text-sm">{t('apiKeys.scopes')}</legend>
        <div className="grid grid-cols-2 gap-x-4 phone:grid-cols-1">
          {offeredScopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(`apiKeys.scope.${scope}`)}
              checked={scopes.includes(scope)}
              onChange={(on) => toggle(scope, on)}
            />
          ))}
        </div>
        {tried && scopes.length === 0 && (
          <p role="alert" className="mt-1 text-bad text-sm">
            {t('apiKeys.scopesNeeded')}
          </p>
        )}
      </fieldset>
      <Field label={t('apiKeys.expires')} className="max-w-48">
        <Select
          value={expiry}
          onChange={setExpiry}
          options={expiries.map((value) => ({ value, label: t(`apiKeys.expiry.${value}`) }))}
        />
      </Field>
      <DialogActions>
        <Button onClick={onCancel}>{ui('cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending}>
          {t('apiKeys.submit')}
        </Button>
      </DialogActions>
    </form>
  )
}

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useSession } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button, buttonClass } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { paths } from '../paths.ts'
import { AuthLayout } from './frame/AuthLayout.tsx'

export default function NewTenant() {
  const t = useT('pages')
  const trpc = useTRPC()
  const navigate = useNavigate()
  const words = useTroubleWords()
  const { tenants, refresh } = useSession()
  const [name, setName] = useState('')
  const [tried, setTried] = useState(false)
  const create = useMutation(
    trpc.tenants.create.mutationOptions({
      onSuccess: async ({ slug }) => {
        await refresh()
        await navigate(paths.workflows(slug))
      },
    }),
  )
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim()) create.mutate({ name: name.trim() })
  }
  return (
    <AuthLayout title={t('newTenant.title')} lead={t('newTenant.lead')}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {create.error && <FormError>{words(create.error).body}</FormError>}
        <Field
          label={t('newTenant.name')}
          error={tried && !name.trim() && t('newTenant.nameNeeded')}
          required
        >
          <TextInput
            autoFocus
            maxLength={80}
            placeholder={t('newTenant.placeholder')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <div className="mt-2 flex gap-2">
          {tenants.length > 0 && (
            <Link to={paths.home()} className={buttonClass()}>
              {t('newTenant.back')}
            </Link>
          )}
          <Button type="submit" variant="primary" busy={create.isPending} className="grow">
            {t('newTenant.submit')}
          </Button>
        </div>
      </form>
    </AuthLayout>
  )
}

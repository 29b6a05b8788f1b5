import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type AuthTrouble, passwordLength, signUp } from '#client/lib/auth.ts'
import { useLocaleChoice } from '#client/lib/LocaleProvider.tsx'
import { useSession } from '#client/lib/session.ts'
import { useTRPCClient } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { paths, withReturn } from '../paths.ts'
import { AuthLayout } from './frame/AuthLayout.tsx'
import { PasswordInput } from './frame/PasswordInput.tsx'
import { SwitchAuth } from './frame/SwitchAuth.tsx'

export default function SignUp() {
  const t = useT('pages')
  const shell = useT('shell')
  const { refresh } = useSession()
  const { locale } = useLocaleChoice()
  const client = useTRPCClient()
  const [search] = useSearchParams()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<AuthTrouble | null>(null)
  const short = password.length < passwordLength.min

  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!name.trim() || !email || short || busy) return
    setBusy(true)
    const refused = await signUp({ name: name.trim(), email: email.trim(), password })
    setTrouble(refused)
    if (!refused) {
      // The account keeps the language it was made in; not worth a word if that fails.
      await client.me.setLocale.mutate({ locale }).catch(() => undefined)
      await refresh()
    }
    setBusy(false)
  }

  return (
    <AuthLayout title={t('auth.signUp')} lead={t('auth.signUpLead')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {trouble && <FormError>{shell(`auth.${trouble}`)}</FormError>}
        <Field label={t('auth.name')} error={tried && !name.trim() && t('auth.nameNeeded')} required>
          <TextInput
            name="name"
            autoComplete="name"
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('auth.email')} error={tried && !email && t('auth.emailNeeded')} required>
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field
          label={t('auth.password')}
          help={tried && short ? undefined : t('auth.passwordHelp')}
          error={tried && short && shell('auth.password_short')}
          required
        >
          <PasswordInput
            name="password"
            autoComplete="new-password"
            value={password}
            onChange={setPassword}
          />
        </Field>
        <Button type="submit" variant="primary" busy={busy} className="mt-2">
          {t('auth.submitSignUp')}
        </Button>
      </form>
      <SwitchAuth question={t('auth.toSignIn')}>
        <Link to={withReturn(paths.signIn(), search.get('next'))}>{t('auth.toSignInLink')}</Link>
      </SwitchAuth>
    </AuthLayout>
  )
}

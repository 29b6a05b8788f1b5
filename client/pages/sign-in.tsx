import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { type AuthTrouble, signIn } from '#client/lib/auth.ts'
import { useSession } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { paths, withReturn } from '../paths.ts'
import { AuthLayout } from './frame/AuthLayout.tsx'
import { PasswordInput } from './frame/PasswordInput.tsx'
import { SwitchAuth } from './frame/SwitchAuth.tsx'

export default function SignIn() {
  const t = useT('pages')
  const shell = useT('shell')
  const { refresh } = useSession()
  const [search] = useSearchParams()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<AuthTrouble | null>(null)

  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!email || !password || busy) return
    setBusy(true)
    const refused = await signIn({ email: email.trim(), password })
    setTrouble(refused)
    if (!refused) await refresh()
    setBusy(false)
  }

  return (
    <AuthLayout title={t('auth.signIn')} lead={t('auth.signInLead')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {trouble && <FormError>{shell(`auth.${trouble}`)}</FormError>}
        <Field label={t('auth.email')} error={tried && !email && t('auth.emailNeeded')} required>
          <TextInput
            type="email"
            name="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t('auth.password')} error={tried && !password && t('auth.passwordNeeded')} required>
          <PasswordInput
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </Field>
        <Button type="submit" variant="primary" busy={busy} className="mt-2">
          {t('auth.submitSignIn')}
        </Button>
      </form>
      <SwitchAuth question={t('auth.toSignUp')}>
        <Link to={withReturn(paths.signUp(), search.get('next'))}>{t('auth.toSignUpLink')}</Link>
      </SwitchAuth>
    </AuthLayout>
  )
}

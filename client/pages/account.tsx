import { type ReactNode, useState } from 'react'
import { type AuthTrouble, changePassword, passwordLength } from '#client/lib/auth.ts'
import { localeNames, locales } from '#client/lib/locale.ts'
import { useSession, useUser } from '#client/lib/session.ts'
import { remembered } from '#client/lib/storage.ts'
import { setTheme, useTheme } from '#client/lib/theme.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { Select } from '#client/ui/Select.tsx'
import { toast } from '#client/ui/toasts.ts'
import { AppFrame } from './frame/AppFrame.tsx'
import { Page } from './frame/Page.tsx'
import { PasswordInput } from './frame/PasswordInput.tsx'
import { PersonTile } from './frame/PersonTile.tsx'
import { useChangeLocale } from './frame/use-change-locale.ts'
import { useSignOut } from './frame/use-sign-out.ts'

export default function Account() {
  const t = useT('pages')
  const user = useUser()
  const { tenants } = useSession()
  const signOut = useSignOut()
  const tenant = tenants.find(({ slug }) => slug === remembered('tenant')) ?? tenants[0] ?? null
  return (
    <AppFrame tenant={tenant}>
      <Page title={t('account.title')} className="overflow-y-auto">
        <div className="max-w-180 px-6 pb-10 phone:px-4">
          <Section title={t('account.profile')}>
            <div className="flex items-center gap-3">
              <PersonTile name={user.name} className="size-10 text-sm" />
              <div className="min-w-0">
                <p className="truncate font-medium">{user.name}</p>
                <p className="truncate text-muted">{user.email}</p>
              </div>
              <Button className="ml-auto" onClick={() => void signOut()}>
                {t('account.signOut')}
              </Button>
            </div>
          </Section>
          <Looks />
          <Password />
        </div>
      </Page>
    </AppFrame>
  )
}

function Section({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[12rem_minmax(0,1fr)] gap-x-8 gap-y-4 border-line border-t py-6 phone:grid-cols-1">
      <header>
        <h2 className="font-semibold">{title}</h2>
        {lead && <p className="mt-0.5 text-faint text-sm">{lead}</p>}
      </header>
      <div className="max-w-90">{children}</div>
    </section>
  )
}

function Looks() {
  const t = useT('pages')
  const shell = useT('shell')
  const theme = useTheme()
  const { locale, changeLocale } = useChangeLocale()
  return (
    <>
      <Section title={t('account.appearance')} lead={t('account.appearanceLead')}>
        <Field label={shell('account.theme')}>
          <Select
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'system', label: shell('account.themeSystem') },
              { value: 'light', label: shell('account.themeLight') },
              { value: 'dark', label: shell('account.themeDark') },
            ]}
          />
        </Field>
      </Section>
      <Section title={t('account.language')} lead={t('account.languageLead')}>
        <Field label={shell('account.language')}>
          <Select
            value={locale}
            onChange={(next) => void changeLocale(next)}
            options={locales.map((value) => ({ value, label: localeNames[value] }))}
          />
        </Field>
      </Section>
    </>
  )
}

function Password() {
  const t = useT('pages')
  const shell = useT('shell')
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<AuthTrouble | null>(null)
  const short = next.length < passwordLength.min

  const submit = async (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!current || short || busy) return
    setBusy(true)
    const refused = await changePassword({ currentPassword: current, newPassword: next })
    setBusy(false)
    setTrouble(refused)
    if (refused) return
    setCurrent('')
    setNext('')
    setTried(false)
    toast({ tone: 'good', title: t('account.changed') })
  }

  return (
    <Section title={t('account.password')} lead={t('account.passwordLead')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {trouble && trouble !== 'wrong_password' && <FormError>{shell(`auth.${trouble}`)}</FormError>}
        <Field
          label={t('account.current')}
          error={
            (tried && !current && t('auth.passwordNeeded')) ||
            (trouble === 'wrong_password' && shell('auth.wrong_password'))
          }
        >
          <PasswordInput autoComplete="current-password" value={current} onChange={setCurrent} />
        </Field>
        <Field
          label={t('account.next')}
          help={tried && short ? undefined : t('auth.passwordHelp')}
          error={tried && short && shell('auth.password_short')}
        >
          <PasswordInput autoComplete="new-password" value={next} onChange={setNext} />
        </Field>
        <Button type="submit" busy={busy} className="self-start">
          {t('account.change')}
        </Button>
      </form>
    </Section>
  )
}

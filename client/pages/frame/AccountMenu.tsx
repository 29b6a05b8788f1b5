import { clsx } from 'clsx'
import { Building2, Languages, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react'
import { useNavigate } from 'react-router'
import { localeNames, locales } from '#client/lib/locale.ts'
import { useUser } from '#client/lib/session.ts'
import { setTheme, useTheme } from '#client/lib/theme.ts'
import { useT } from '#client/lib/use-t.ts'
import { Menu, MenuItem, MenuLabel, MenuRadios, MenuSeparator } from '#client/ui/Menu.tsx'
import { paths } from '../../paths.ts'
import { PersonTile } from './PersonTile.tsx'
import { useChangeLocale } from './use-change-locale.ts'
import { useSignOut } from './use-sign-out.ts'

/** Theme, language, settings and the way out. */
export function AccountMenu({ narrow }: { narrow?: boolean }) {
  const t = useT('shell')
  const m = useT('monitoring')
  const user = useUser()
  const theme = useTheme()
  const navigate = useNavigate()
  const { locale, changeLocale } = useChangeLocale()
  const signOut = useSignOut()
  return (
    <Menu
      side={narrow ? 'right' : 'top'}
      align={narrow ? 'end' : 'start'}
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={t('account.label', { name: user.name })}
          className={clsx(
            'flex h-9 min-w-0 items-center gap-2.5 rounded-sm transition-colors duration-[120ms] hover:bg-hover aria-expanded:bg-hover',
            narrow ? 'w-9 justify-center' : 'grow px-1.5',
          )}
        >
          <PersonTile name={user.name} />
          {!narrow && <span className="min-w-0 grow truncate text-left">{user.name}</span>}
        </button>
      }
    >
      <MenuLabel>{user.email}</MenuLabel>
      <MenuItem icon={<Settings />} onSelect={() => void navigate(paths.account())}>
        {t('account.settings')}
      </MenuItem>
      {user.isAdmin && (
        <MenuItem icon={<Building2 />} onSelect={() => void navigate(paths.admin())}>
          {m('admin.open')}
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuRadios
        label={t('account.theme')}
        value={theme}
        onChange={setTheme}
        options={[
          { value: 'system', label: t('account.themeSystem'), icon: <Monitor /> },
          { value: 'light', label: t('account.themeLight'), icon: <Sun /> },
          { value: 'dark', label: t('account.themeDark'), icon: <Moon /> },
        ]}
      />
      <MenuSeparator />
      <MenuRadios
        label={t('account.language')}
        value={locale}
        onChange={(next) => void changeLocale(next)}
        options={locales.map((value) => ({ value, label: localeNames[value], icon: <Languages /> }))}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void signOut()}>
        {t('account.signOut')}
      </MenuItem>
    </Menu>
  )
}

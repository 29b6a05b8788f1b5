import { ArrowRightLeft, LogOut, type LucideIcon, Monitor, Moon, Plus, Settings, Sun } from 'lucide-react'
import { useNavigate } from 'react-router'
import { can, type Tenant, useSession } from '#client/lib/session.ts'
import { setTheme } from '#client/lib/theme.ts'
import { useT } from '#client/lib/use-t.ts'
import { paths } from '../../paths.ts'
import { navPlaces } from './nav-places.ts'
import { useSignOut } from './use-sign-out.ts'

export interface Command {
  id: string
  label: string
  icon: LucideIcon
  perform: () => void
}

/** What the command menu offers. */
export function useCommands(tenant: Tenant | null): Command[] {
  const t = useT('shell')
  const navigate = useNavigate()
  const { tenants } = useSession()
  const signOut = useSignOut()
  const go = (to: string) => () => void navigate(to)
  const theme = (value: 'system' | 'light' | 'dark', word: string, icon: LucideIcon): Command => ({
    id: `theme.${value}`,
    label: t('commands.theme', { theme: word }),
    icon,
    perform: () => setTheme(value),
  })
  const here: Command[] = tenant
    ? [
        ...navPlaces.map(({ name, icon, to }) => ({
          id: `go.${name}`,
          label: t('commands.goTo', { page: t(`nav.${name}`) }),
          icon,
          perform: go(to(tenant.slug)),
        })),
        ...(can(tenant.role, 'edit')
          ? [
              {
                id: 'workflow.new',
                label: t('commands.newWorkflow'),
                icon: Plus,
                perform: go(`${paths.workflows(tenant.slug)}?new=1`),
              },
            ]
          : []),
      ]
    : []
  const elsewhere = tenants
    .filter(({ id }) => id !== tenant?.id)
    .map(({ id, slug, name }) => ({
      id: `tenant.${id}`,
      label: t('commands.switchTo', { tenant: name }),
      icon: ArrowRightLeft,
      perform: go(paths.workflows(slug)),
    }))
  return [
    ...here,
    ...elsewhere,
    { id: 'tenant.new', label: t('tenants.create'), icon: Plus, perform: go(paths.newTenant()) },
    theme('light', t('account.themeLight'), Sun),
    theme('dark', t('account.themeDark'), Moon),
    theme('system', t('account.themeSystem'), Monitor),
    { id: 'account', label: t('account.settings'), icon: Settings, perform: go(paths.account()) },
    { id: 'sign-out', label: t('account.signOut'), icon: LogOut, perform: () => void signOut() },
  ]
}

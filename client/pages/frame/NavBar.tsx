import { clsx } from 'clsx'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { NavLink } from 'react-router'
import type { Tenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Dialog } from '#client/ui/Dialog.tsx'
import { AttentionCount } from '../attention/AttentionCount.tsx'
import { TaskCount } from '../tasks/TaskCount.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { navPlaces } from './nav-places.ts'
import { TenantList } from './TenantList.tsx'

const tab =
  'flex h-14 w-full flex-col items-center justify-center gap-0.5 text-xs [&_svg]:size-5 outline-offset-[-3px]'

/** The navigation of a phone: the three places one needs there, and a drawer with the rest. */
export function NavBar({ tenant }: { tenant: Tenant | null }) {
  const t = useT('shell')
  const [open, setOpen] = useState(false)
  if (!tenant) return null
  const look = ({ isActive }: { isActive: boolean }) => clsx(tab, isActive ? 'text-accent' : 'text-muted')
  return (
    <nav
      aria-label={t('nav.label')}
      className="hidden shrink-0 border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] phone:block"
    >
      <ul className="grid grid-cols-4">
        {navPlaces.slice(0, 3).map(({ name, icon: Icon, to }) => (
          <li key={name}>
            <NavLink to={to(tenant.slug)} className={look}>
              <span className="relative">
                <Icon aria-hidden strokeWidth={1.75} />
                {name === 'tasks' && <TaskCount dot />}
              </span>
              {t(`nav.${name}`)}
            </NavLink>
          </li>
        ))}
        <li>
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(true)}
            className={clsx(tab, 'text-muted')}
          >
            <span className="relative">
              <Ellipsis aria-hidden strokeWidth={1.75} />
              <AttentionCount dot />
            </span>
            {t('nav.more')}
          </button>
        </li>
      </ul>
      <Dialog open={open} onOpenChange={setOpen} title={tenant.name}>
        <ul className="mb-3 border-line border-b pb-3">
          {navPlaces.slice(3).map(({ name, icon: Icon, to }) => (
            <li key={name}>
              <NavLink
                to={to(tenant.slug)}
                onClick={() => setOpen(false)}
                className="flex h-10 items-center gap-3 rounded-sm px-2 hover:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
              >
                <Icon aria-hidden strokeWidth={1.75} />
                {t(`nav.${name}`)}
                {name === 'attention' && <AttentionCount />}
              </NavLink>
            </li>
          ))}
        </ul>
        <TenantList current={tenant} onDone={() => setOpen(false)} />
        <div className="mt-3 flex border-line border-t pt-3">
          <AccountMenu />
        </div>
      </Dialog>
    </nav>
  )
}

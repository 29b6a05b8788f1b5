import { type ReactNode, useState } from 'react'
import type { Tenant } from '#client/lib/session.ts'
import { remember, remembered } from '#client/lib/storage.ts'
import { useT } from '#client/lib/use-t.ts'
import { CommandMenu } from './CommandMenu.tsx'
import { NavBar } from './NavBar.tsx'
import { NavRail } from './NavRail.tsx'
import { type NavPlace, navPlaces } from './nav-places.ts'

export interface AppFrameProps {
  tenant: Tenant | null
  /** In place of a tenant's own. */
  places?: readonly NavPlace[]
  /** Over the places, where a tenant would be. */
  head?: ReactNode
  /** The page draws to every edge and the navigation is narrow. */
  canvas?: boolean
  children: ReactNode
}

/** Navigation at the left (at the bottom on a phone) and the page. */
export function AppFrame({ tenant, places, head, canvas = false, children }: AppFrameProps) {
  const t = useT('shell')
  const [narrow, setNarrow] = useState(() => remembered('nav') === 'narrow')
  const [commands, setCommands] = useState(false)
  const ofTenant = ({ slug }: Tenant): NavPlace[] =>
    navPlaces.map(({ name, icon, to }) => ({ name, icon, to: to(slug), label: t(`nav.${name}`) }))
  const toggle = () => {
    remember('nav', narrow ? 'wide' : 'narrow')
    setNarrow(!narrow)
  }
  return (
    <div className="flex h-dvh min-h-0 phone:flex-col-reverse">
      <a
        href="#page"
        className="sr-only z-90 rounded-sm bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('nav.skip')}
      </a>
      <NavRail
        tenant={tenant}
        head={head}
        places={places ?? (tenant ? ofTenant(tenant) : undefined)}
        narrow={narrow || canvas}
        onToggle={canvas ? undefined : toggle}
        onCommands={() => setCommands(true)}
      />
      {!canvas && <NavBar tenant={tenant} />}
      <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 grow flex-col bg-surface outline-none">
        {children}
      </main>
      <CommandMenu tenant={tenant} open={commands} onOpenChange={setCommands} />
    </div>
  )
}

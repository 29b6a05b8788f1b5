import { QueryClientProvider } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Building2, ChartColumn, ChevronLeft, ClipboardCheck, Cpu, ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { Link, NavLink, Outlet } from 'react-router'
import { useSession, useUser } from '#client/lib/session.ts'
import { connect, noTenant, TRPCProvider } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { EmptyState } from '#client/ui/EmptyState.tsx'
import { paths } from '../../paths.ts'
import { AppFrame } from './AppFrame.tsx'

const places = [
  { name: 'overview', icon: ChartColumn, to: paths.admin() },
  { name: 'tenants', icon: Building2, to: paths.adminTenants() },
  { name: 'work', icon: Cpu, to: paths.adminWork() },
  { name: 'reviews', icon: ClipboardCheck, to: paths.adminReviews() },
  { name: 'audit', icon: ScrollText, to: paths.adminAudit() },
] as const

/** Everything under `/admin`: of the whole installation, for who administers it. */
export function AdminLayout() {
  const t = useT('monitoring')
  const { refresh } = useSession()
  const { isAdmin } = useUser()
  const { client, queryClient } = useMemo(
    () => connect({ tenant: noTenant, onSignedOut: () => void refresh() }),
    [refresh],
  )
  if (!isAdmin)
    return (
      <AppFrame tenant={null}>
        <EmptyState heading="h1" drawing="locked" title={t('admin.deniedTitle')} className="my-auto">
          {t('admin.deniedBody')}
        </EmptyState>
      </AppFrame>
    )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <AppFrame
          tenant={null}
          places={places.map((place) => ({ ...place, label: t(`admin.nav.${place.name}`), end: true }))}
          head={<BackToTenant />}
        >
          <AdminTabs />
          <Outlet />
        </AppFrame>
      </TRPCProvider>
    </QueryClientProvider>
  )
}

/** Over the places in the rail: where one is, and the way back to one's own work. */
function BackToTenant() {
  const t = useT('monitoring')
  const { tenants } = useSession()
  const [home] = tenants
  return (
    <>
      <span className="truncate font-semibold">{t('admin.title')}</span>
      {home && (
        <Link
          to={paths.workflows(home.slug)}
          className="flex min-w-0 items-center gap-1 rounded-xs text-muted text-sm hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{t('admin.back', { tenant: home.name })}</span>
        </Link>
      )}
    </>
  )
}

/** The same places on a phone, which has no rail. */
function AdminTabs() {
  const t = useT('monitoring')
  const { tenants } = useSession()
  const [home] = tenants
  return (
    <nav
      aria-label={t('admin.title')}
      className="hidden shrink-0 items-center gap-5 overflow-x-auto border-line border-b bg-paper px-4 phone:flex"
    >
      {places.map(({ name, to }) => (
        <NavLink
          key={name}
          to={to}
          end
          className={({ isActive }) =>
            clsx(
              '-mb-px flex h-11 shrink-0 items-center border-b-2 font-medium text-sm transition-colors duration-[120ms]',
              isActive ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
            )
          }
        >
          {t(`admin.nav.${name}`)}
        </NavLink>
      ))}
      {home && (
        <Link
          to={paths.workflows(home.slug)}
          className="ml-auto shrink-0 rounded-xs text-muted text-sm hover:text-ink"
        >
          {t('admin.back', { tenant: home.name })}
        </Link>
      )}
    </nav>
  )
}

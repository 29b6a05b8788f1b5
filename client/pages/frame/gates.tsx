import { Navigate, Outlet, useLocation, useSearchParams } from 'react-router'
import { useSession } from '#client/lib/session.ts'
import { remembered } from '#client/lib/storage.ts'
import { paths, safeReturn, withReturn } from '../../paths.ts'

/** Sends those who are not signed in to sign-in, and back afterwards. */
export function SignedIn() {
  const { user } = useSession()
  const { pathname, search } = useLocation()
  return user ? <Outlet /> : <Navigate replace to={withReturn(paths.signIn(), pathname + search)} />
}

/** Sends those who are signed in on to where they were going. */
export function SignedOut() {
  const { user } = useSession()
  const [search] = useSearchParams()
  return user ? <Navigate replace to={safeReturn(search.get('next')) ?? paths.home()} /> : <Outlet />
}

/** The start: the tenant last seen, or the first one, or making one. */
export function Home() {
  const { user, tenants } = useSession()
  if (!user) return <Navigate replace to={paths.signIn()} />
  const last = remembered('tenant')
  const tenant = tenants.find((tenant) => tenant.slug === last) ?? tenants[0]
  return <Navigate replace to={tenant ? paths.workflows(tenant.slug) : paths.newTenant()} />
}

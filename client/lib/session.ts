import { createContext, useContext } from 'react'

export const roles = ['owner', 'admin', 'editor', 'viewer'] as const
export type Role = (typeof roles)[number]

export interface Tenant {
  id: string
  slug: string
  name: string
  role: Role
}

export interface User {
  id: string
  name: string
  email: string
  locale: string
  isAdmin: boolean
}

export interface Session {
  user: User | null
  tenants: Tenant[]
  /** Asks the server again who is signed in and where they belong. */
  refresh: () => Promise<void>
}

export const SessionContext = createContext<Session | null>(null)
export const TenantContext = createContext<Tenant | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession needs the root layout around it')
  return session
}

/** Who is signed in; only for pages behind sign-in. */
export function useUser(): User {
  const { user } = useSession()
  if (!user) throw new Error('useUser needs a signed-in user')
  return user
}

/** The tenant of the address; only inside the tenant layout. */
export function useTenant(): Tenant {
  const tenant = useContext(TenantContext)
  if (!tenant) throw new Error('useTenant needs the tenant layout around it')
  return tenant
}

/** The same where there may be none: on the pages of the whole installation. */
export const useTenantIfAny = (): Tenant | null => useContext(TenantContext)

export type Act = 'edit' | 'administer' | 'own'

const acts: Record<Role, readonly Act[]> = {
  owner: ['edit', 'administer', 'own'],
  admin: ['edit', 'administer'],
  editor: ['edit'],
  viewer: [],
}

/** Whether a role may do something; the server decides again. */
export function can(role: Role, act: Act): boolean {
  return acts[role].includes(act)
}

/** Whether the signed-in member may do something in this tenant. */
export function useCan(act: Act): boolean {
  return can(useTenant().role, act)
}

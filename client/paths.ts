const at = (...parts: string[]) => `/${parts.map(encodeURIComponent).join('/')}`

/** Every address of the product, in one place. */
export const paths = {
  home: () => '/',
  signIn: () => '/sign-in',
  signUp: () => '/sign-up',
  invitation: (id: string) => at('invite', id),
  newTenant: () => '/new-tenant',
  account: () => '/account',
  tenant: (tenant: string) => at(tenant),
  workflows: (tenant: string) => at(tenant, 'workflows'),
  workflow: (tenant: string, id: string) => at(tenant, 'workflows', id),
  /** The editor with the five-step tour open. */
  guide: (tenant: string, id: string) => `${at(tenant, 'workflows', id)}?guide=1`,
  runs: (tenant: string) => at(tenant, 'runs'),
  runsOf: (tenant: string, workflowId: string) =>
    `${at(tenant, 'runs')}?workflow=${encodeURIComponent(workflowId)}`,
  run: (tenant: string, id: string) => at(tenant, 'runs', id),
  dashboard: (tenant: string) => at(tenant, 'dashboard'),
  connections: (tenant: string) => at(tenant, 'connections'),
  members: (tenant: string) => at(tenant, 'members'),
  apiKeys: (tenant: string) => at(tenant, 'api-keys'),
}

/** A path to come back to after signing in, only if it is one of our own. */
export function safeReturn(path: string | null): string | null {
  if (!path?.startsWith('/') || path.startsWith('//') || path.includes('\\')) return null
  return path
}

/** The address of sign-in (or sign-up) that comes back to `path` afterwards. */
export function withReturn(address: string, path: string | null): string {
  return path && path !== '/' ? `${address}?next=${encodeURIComponent(path)}` : address
}

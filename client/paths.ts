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
  failures: (tenant: string) => at(tenant, 'runs', 'failures'),
  /** The runs that failed for one cause. */
  runsOfCause: (tenant: string, failureKey: string) =>
    `${at(tenant, 'runs')}?cause=${encodeURIComponent(failureKey)}`,
  run: (tenant: string, id: string) => at(tenant, 'runs', id),
  /** Two runs side by side; without the other one, it is chosen there. */
  compareRuns: (tenant: string, id: string, other?: string) =>
    other === undefined ? at(tenant, 'runs', id, 'compare') : at(tenant, 'runs', id, 'compare', other),
  dashboard: (tenant: string) => at(tenant, 'dashboard'),
  tasks: (tenant: string) => at(tenant, 'tasks'),
  task: (tenant: string, id: string) => at(tenant, 'tasks', id),
  attention: (tenant: string) => at(tenant, 'attention'),
  /** One step that needs attention. */
  attentionStep: (tenant: string, id: string) => `${at(tenant, 'attention')}?step=${encodeURIComponent(id)}`,
  alerts: (tenant: string) => at(tenant, 'alerts'),
  audit: (tenant: string) => at(tenant, 'audit'),
  library: (tenant: string) => at(tenant, 'library'),
  /** `ref` is publisher and item (pages/library/ref.ts). */
  libraryItem: (tenant: string, ref: string) => at(tenant, 'library', ref),
  /** Takes a newer version of what a workflow was installed from. */
  upgrade: (tenant: string, workflowId: string) => at(tenant, 'workflows', workflowId, 'update'),
  publishToLibrary: (tenant: string, workflowId: string) => at(tenant, 'workflows', workflowId, 'publish'),
  connections: (tenant: string) => at(tenant, 'connections'),
  members: (tenant: string) => at(tenant, 'members'),
  apiKeys: (tenant: string) => at(tenant, 'api-keys'),
  /** The installation’s administration. */
  admin: () => '/admin',
  adminTenants: () => '/admin/tenants',
  adminWork: () => '/admin/work',
  adminReviews: () => '/admin/reviews',
  adminAudit: () => '/admin/audit',
  /** Pages for anybody with their address. */
  chat: (tenant: string, path: string) => at('chat', tenant, path),
  form: (tenant: string, path: string) => at('forms', tenant, path),
}

/** A page that needs no account; `name` is the last part of its address. */
export interface HostedPage {
  kind: 'chat' | 'form' | 'wait'
  tenant: string
  name: string
}

/** Which hosted page is at a path; null when it is one of the product's. */
export function hostedPage(path: string): HostedPage | null {
  const [, place, tenant, name, id, ...more] = path.split('/')
  if (!tenant || !name || more.length > 0) return null
  if (place === 'chat' && id === undefined) return { kind: 'chat', tenant, name }
  if (place !== 'forms') return null
  if (id === undefined) return { kind: 'form', tenant, name }
  return name === 'wait' && id !== '' ? { kind: 'wait', tenant, name: id } : null
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

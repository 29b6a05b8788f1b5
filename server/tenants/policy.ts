import { z } from 'zod'

/** From the least to the most that a member may do. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>

// Each permission, and the least role that has it. The only place that says who may do what.
const leastRole = {
  'tenant.read': 'viewer',
  'member.read': 'viewer',
  'workflow.read': 'viewer',
  'run.read': 'viewer',
  'task.read': 'viewer',
  // Each task says itself who may answer it.
  'task.answer': 'viewer',
  'connection.read': 'viewer',
  'library.read': 'viewer',
  'workflow.edit': 'editor',
  'workflow.publish': 'editor',
  'run.start': 'editor',
  'run.cancel': 'editor',
  'attention.resolve': 'editor',
  'connection.use': 'editor',
  'library.install': 'editor',
  'library.publish': 'editor',
  'connection.manage': 'admin',
  'member.manage': 'admin',
  'api_key.manage': 'admin',
  'alert.manage': 'admin',
  'audit.view': 'admin',
  'tenant.manage': 'admin',
  'owner.manage': 'owner',
  'tenant.delete': 'owner',
} as const satisfies Record<string, Role>

const isPermission = (name: string): name is keyof typeof leastRole => Object.hasOwn(leastRole, name)

export const permissions = Object.keys(leastRole).filter(isPermission)

/** Also the scopes an API key can have. */
export const Permission = z.enum(permissions)
export type Permission = z.infer<typeof Permission>

/** What a role allows. */
export function can(role: Role, permission: Permission): boolean {
  return roles.indexOf(role) >= roles.indexOf(leastRole[permission])
}

export function permissionsOf(role: Role): Permission[] {
  return permissions.filter((permission) => can(role, permission))
}

/** What a key may do now: never more than its scopes, nor than its maker's role of today. */
export function canWithKey(key: { scopes: readonly string[]; role: Role }, permission: Permission): boolean {
  return key.scopes.includes(permission) && can(key.role, permission)
}

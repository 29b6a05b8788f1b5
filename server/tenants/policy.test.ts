import { expect, test } from 'vitest'
import { can, canWithKey, permissions, permissionsOf, type Role, roles } from './policy.ts'

// The whole table, by hand: a change to who may do what has to be made twice, on purpose.
const expected: Record<Role, string[]> = {
  viewer: [
    'tenant.read',
    'member.read',
    'workflow.read',
    'run.read',
    'task.read',
    'task.answer',
    'connection.read',
    'library.read',
  ],
  editor: [
    'workflow.edit',
    'workflow.publish',
    'run.start',
    'run.cancel',
    'attention.resolve',
    'connection.use',
    'library.install',
    'library.publish',
  ],
  admin: [
    'connection.manage',
    'member.manage',
    'api_key.manage',
    'alert.manage',
    'audit.view',
    'tenant.manage',
  ],
  owner: ['owner.manage', 'tenant.delete'],
}

test.each(roles.map((role, rank) => ({ role, rank })))('$role', ({ role, rank }) => {
  const allowed = roles.slice(0, rank + 1).flatMap((lower) => expected[lower])
  expect([...permissionsOf(role)].sort()).toEqual(allowed.sort())
})

test('no permission is missing from the table', () => {
  expect([...permissions].sort()).toEqual(Object.values(expected).flat().sort())
})

test.each([
  { scopes: ['run.start'], role: 'editor', permission: 'run.start', allowed: true },
  { scopes: ['run.start'], role: 'editor', permission: 'workflow.edit', allowed: false },
  { scopes: ['run.start'], role: 'viewer', permission: 'run.start', allowed: false },
  { scopes: ['*', 'constructor'], role: 'owner', permission: 'run.read', allowed: false },
] as const)('a key with $scopes of a maker who is $role: $permission is $allowed', (about) => {
  expect(canWithKey(about, about.permission)).toBe(about.allowed)
})

test('a role never allows less than a lower one', () => {
  for (const permission of permissions) {
    const answers = roles.map((role) => can(role, permission))
    expect(answers).toEqual([...answers].sort((a, b) => Number(a) - Number(b)))
  }
})

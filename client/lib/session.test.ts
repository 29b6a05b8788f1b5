import { expect, it } from 'vitest'
import { can, roles } from './session.ts'

it('lets each role do what the one below it may, and more', () => {
  const acts = ['edit', 'administer', 'own'] as const
  expect(roles.map((role) => acts.filter((act) => can(role, act)))).toEqual([
    ['edit', 'administer', 'own'],
    ['edit', 'administer'],
    ['edit'],
    [],
  ])
})

import { expect, test } from 'vitest'
import { offeredScopes } from '#client/pages/api-keys/row.ts'
import { restRoutesList } from '#server/api/rest/routes.ts'

test('a key can be given what the public API asks for, and nothing that it does not', () => {
  const wanted = new Set(restRoutesList.map(({ permission }) => permission))
  expect([...offeredScopes].sort()).toEqual([...wanted].sort())
})

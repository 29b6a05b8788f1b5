import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { restRoutesList } from '#server/api/rest/routes.ts'

// Read as text: no server code imports the client.
const row = fs.readFileSync(path.resolve(import.meta.dirname, '../../client/pages/api-keys/row.ts'), 'utf8')

test('a key can be given what the public API asks for, and nothing that it does not', () => {
  const list = /offeredScopes = \[([^\]]+)\]/.exec(row)?.[1] ?? ''
  const offered = [...list.matchAll(/'([a-z_.]+)'/g)].map(([, scope]) => scope)
  const wanted = new Set(restRoutesList.map(({ permission }) => permission))
  expect(offered.sort()).toEqual([...wanted].sort())
})

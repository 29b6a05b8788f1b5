import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { auditKinds } from './audit-kinds.ts'

const audit = path.resolve(import.meta.dirname, '../../../server/api/audit')

it('every kind of change can be chosen, and each choice finds something', () => {
  const lines = fs.readFileSync(path.join(audit, 'lines.ts'), 'utf8')
  const sessions = fs.readFileSync(path.join(audit, 'sessions.ts'), 'utf8')
  const written = `${lines}\n${sessions}`.matchAll(/action: ['`](\w+)\./g)
  expect(new Set(auditKinds)).toEqual(new Set([...written].map(([, kind]) => kind)))
})

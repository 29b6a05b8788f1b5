import { expect, test } from 'vitest'
import { createLog } from './log.ts'

function logged(fields: Record<string, unknown>): string {
  const lines: string[] = []
  createLog({ write: (line) => lines.push(line) }).info(fields, 'hello')
  return lines.join('')
}

test('a line is JSON with a level, a time and the message', () => {
  expect(JSON.parse(logged({ runId: 'r1' }))).toMatchObject({ level: 'info', msg: 'hello', runId: 'r1' })
})

test.each([
  [{ password: 'hush' }],
  [{ req: { headers: { authorization: 'Bearer hush' } } }],
  [{ headers: { cookie: 'session=hush', 'x-api-key': 'hush', 'set-cookie': ['hush'] } }],
  [{ body: { currentPassword: 'hush', newPassword: 'hush' } }],
  [{ connection: { fields: { token: 'hush' } } }],
])('%j hides what is secret', (fields) => {
  expect(logged(fields)).not.toContain('hush')
  expect(logged(fields)).toContain('[hidden]')
})

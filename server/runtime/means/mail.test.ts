import { expect, test } from 'vitest'
import { emailSend } from '#nodes/email/send.ts'
import { failureOf } from '#server/test/call-node.ts'
import { newId } from '../../db/id.ts'
import { aTenant } from '../../test/factories.ts'
import { aDoor } from '../test-connection.ts'
import { filesFor } from './files.ts'
import { mailFor } from './mail.ts'

test('files are counted as large as they are, whatever their references say, and no more are read', async () => {
  const door = await aDoor()
  const { tenant } = await aTenant()
  const place = { pool: door.pool, tenantId: tenant.id, runId: newId() }
  const node = { key: 'one', type: 'email.send', version: 1, params: {}, position: { x: 0, y: 0 } }
  const about = { ...place, door, node, definition: emailSend, signal: AbortSignal.timeout(20_000) }
  const bytes = new Uint8Array(13 * 1024 * 1024)
  const large = { ...(await filesFor(place).write({ name: 'a.bin', type: 'a/b', bytes })), size: 0 }
  const gone = { ...large, file: newId() }
  const message = { from: 'a@example.com', to: ['b@example.com'], subject: 'Hi', text: '' }
  const work = mailFor(about).compose({ ...message, files: [large, large, gone] })
  expect(await failureOf(work)).toMatchObject({ code: 'message_too_large' })
})

import { fail } from '#nodes/kit/failure.ts'
import type { MailMessage, Means } from '#nodes/kit/means.ts'
import { type Attachment, composed, mailLimits, mailOf } from '#server/drivers/message.ts'
import { filesFor } from './files.ts'
import { smtpOf } from './smtp.ts'
import type { StepAbout } from './step-about.ts'

type Place = Pick<StepAbout, 'pool' | 'tenantId' | 'runId' | 'node' | 'definition' | 'door' | 'signal'>

/** `ctx.mail` of one step: composes any message, and sends by the step's SMTP connection. */
export function mailFor(step: Place): Means['mail'] {
  const { tenantId, node, definition, door, signal } = step
  const kinds = definition.connection?.kinds ?? []
  return {
    async send(message) {
      if (!node.connection) throw fail('connection_missing', 'Choose a mail server for this step.')
      const server = smtpOf(door, { tenantId, id: node.connection, kinds, signal })
      return server.send(mailOf(message, await attached(step, message)))
    },
    async compose(message) {
      return composed(mailOf(message, await attached(step, message)))
    },
  }
}

async function attached(step: Place, { files = [] }: MailMessage): Promise<Attachment[]> {
  const store = filesFor(step)
  const read: Attachment[] = []
  let size = 0
  for (const file of files) {
    const { name, type, bytes } = await store.read(file)
    // As they are: what a reference says of its size may have been made up on the way.
    size += bytes.length
    if (size > mailLimits.bytes)
      throw fail('message_too_large', 'A message has at most 25 MB with its files.')
    read.push({ filename: name, contentType: type, content: Buffer.from(bytes) })
  }
  return read
}

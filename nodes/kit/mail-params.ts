import { z } from 'zod'
import { FileRef } from './means.ts'

/** Who a message is from or for, as people write it: an address, or a name with one. */
export const MailAddress = z.string().min(3).max(500)
export const MailAddresses = z.array(MailAddress).max(100)

const Text = z.string().max(5_000_000)

/** What a message says: plain text, or HTML. */
export const MailBody = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('text'), text: Text.meta({ title: 'Text', widget: 'multiline' }) })
      .meta({ title: 'Text' }),
    z
      .object({ kind: z.literal('html'), html: Text.meta({ title: 'HTML', widget: 'multiline' }) })
      .meta({ title: 'HTML' }),
  ])
  .meta({ title: 'Message' })

export const MailFiles = z
  .array(FileRef.meta({ widget: 'file' }))
  .max(50)
  .default([])
  .meta({ title: 'Files' })

/** The body as `mail` takes it. */
export const bodyOf = (body: z.output<typeof MailBody>) =>
  body.kind === 'html' ? { html: body.html } : { text: body.text }

import { FileRef, z } from '../kit/index.ts'

/** A phone number, or the address of a group or a chat as a trigger gives it. */
export const To = z
  .string()
  .max(100)
  .regex(
    /^(?:\+?[\d\s().-]{8,25}|[\w.-]+@[\w.]+)$/,
    'A number with its country code, such as +55 11 91234-5678',
  )
  .meta({
    title: 'To',
    description: 'The number with its country code, or the chat that a trigger gave.',
    placeholder: '+55 11 91234-5678',
  })

/** As the services take it: digits only, unless it is an address of theirs. */
export function numberOf(to: string): string {
  return to.includes('@') ? to : to.replace(/\D/g, '')
}

export const TextMessage = z
  .object({
    kind: z.literal('text'),
    text: z.string().min(1).max(4_096).meta({
      title: 'Text',
      description: 'In WhatsApp’s way of writing: *bold*, _italic_, ~struck~.',
      widget: 'multiline',
    }),
    preview: z.boolean().default(true).meta({ title: 'Show a preview of a link' }),
  })
  .meta({ title: 'Text' })

export const MediaMessage = z
  .object({
    kind: z.literal('media'),
    media: z
      .enum(['image', 'video', 'audio', 'document'])
      .default('image')
      .meta({
        title: 'Kind',
        options: { image: 'Picture', video: 'Video', audio: 'Audio', document: 'Document' },
      }),
    source: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('file'), file: FileRef }).meta({ title: 'A file of the run' }),
        z
          .object({
            kind: z.literal('link'),
            url: z
              .url({ protocol: /^https?$/ })
              .max(2_000)
              .meta({
                title: 'Address',
                description: 'WhatsApp fetches it from there.',
                placeholder: 'https://example.com/mug.png',
              }),
          })
          .meta({ title: 'A web address' }),
      ])
      .meta({ title: 'From' }),
    caption: z
      .string()
      .max(1_024)
      .default('')
      .meta({ title: 'Caption', description: 'Not shown with audio.' }),
    filename: z.string().max(240).default('').meta({
      title: 'File name',
      description: 'Of a document, as it is shown; the file’s own when empty.',
      placeholder: 'invoice.pdf',
    }),
  })
  .meta({ title: 'Media' })

export type TextMessage = z.output<typeof TextMessage>
export type MediaMessage = z.output<typeof MediaMessage>

/** What a message was received as, in words that both ways of connecting share. */
export const Incoming = z.object({
  id: z.string().meta({ title: 'Id' }),
  from: z.string().meta({ title: 'From', description: 'The number of who wrote it, digits only.' }),
  name: z.string().meta({ title: 'Name', description: 'As they call themselves.' }),
  chat: z.string().meta({ title: 'Chat', description: 'Where an answer goes.' }),
  text: z
    .string()
    .meta({ title: 'Text', description: 'What was written, the caption, or the button pressed.' }),
  type: z.string().meta({ title: 'Type', description: 'text, image, audio, video, document, location, …' }),
  at: z.string().meta({ title: 'Sent at' }),
})

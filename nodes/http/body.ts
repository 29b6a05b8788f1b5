import { FileRef, type Files, type HttpPart, type HttpRequest, Json, z } from '../kit/index.ts'

const Part = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('value'),
      name: z.string().min(1).max(200).meta({ title: 'Name' }),
      value: z.string().meta({ title: 'Value' }),
    })
    .meta({ title: 'Value' }),
  z
    .object({
      kind: z.literal('file'),
      name: z.string().min(1).max(200).meta({ title: 'Name' }),
      file: FileRef,
    })
    .meta({ title: 'File' }),
])

export const Body = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }).meta({ title: 'None' }),
    z
      .object({
        kind: z.literal('json'),
        json: Json.meta({ title: 'JSON', placeholder: '{ "name": "Ada" }', widget: 'json' }),
      })
      .meta({ title: 'JSON' }),
    z
      .object({
        kind: z.literal('text'),
        text: z.string().meta({ title: 'Text', widget: 'multiline' }),
        contentType: z.string().max(200).default('text/plain').meta({ title: 'Content type' }),
      })
      .meta({ title: 'Text' }),
    z
      .object({
        kind: z.literal('form'),
        fields: z.record(z.string().max(200), z.string()).meta({ title: 'Form fields' }),
      })
      .meta({ title: 'Form' }),
    z
      .object({
        kind: z.literal('parts'),
        parts: z.array(Part).min(1).max(100).meta({ title: 'Parts' }),
      })
      .meta({ title: 'Form with files' }),
    z.object({ kind: z.literal('file'), file: FileRef }).meta({ title: 'A file' }),
  ])
  .default({ kind: 'none' })
  .meta({ title: 'Body', description: 'What is sent along.' })
export type Body = z.output<typeof Body>

type Content = Pick<HttpRequest, 'body' | 'bytes' | 'parts'>

/** What goes out, and the type it has unless a header says another. */
export async function contentOf(body: Body, files: Files): Promise<{ content: Content; type?: string }> {
  switch (body.kind) {
    case 'none':
      return { content: {} }
    case 'json':
      // As text, so that a JSON text such as "hi" goes out with its quotes.
      return { content: { body: JSON.stringify(body.json) }, type: 'application/json' }
    case 'text':
      return { content: { body: body.text }, type: body.contentType }
    case 'form': {
      const form = new URLSearchParams(body.fields).toString()
      return { content: { body: form }, type: 'application/x-www-form-urlencoded' }
    }
    case 'parts':
      return { content: { parts: await partsOf(body.parts, files) } }
    case 'file': {
      const { bytes, type } = await files.read(body.file)
      return { content: { bytes }, type }
    }
  }
  return body satisfies never
}

async function partsOf(parts: readonly z.output<typeof Part>[], files: Files): Promise<HttpPart[]> {
  const made: HttpPart[] = []
  for (const part of parts) {
    if (part.kind === 'value') made.push({ name: part.name, value: part.value })
    else {
      const { name: filename, type, bytes } = await files.read(part.file)
      made.push({ name: part.name, filename, type, bytes })
    }
  }
  return made
}

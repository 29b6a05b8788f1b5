import { isJsonObject, JsonObject, type ModelChoice, z } from '../kit/index.ts'
import type { Wanted } from './answer.ts'

/** Kinds of connection that lead to a model. */
export const modelKinds = ['model.anthropic', 'model.openai'] as const

const Model = z.string().trim().min(1).max(200).meta({
  title: 'Model',
  description: 'As its provider calls it.',
  placeholder: 'claude-sonnet-5-5',
  widget: 'model',
})

const Output = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text') }).meta({ title: 'Text' }),
    z
      .object({
        kind: z.literal('json'),
        schema: JsonObject.meta({
          title: 'Shape',
          description: 'A JSON Schema. An answer that does not fit is sent back once, then the step fails.',
          placeholder:
            '{ "type": "object", "properties": { "mood": { "type": "string" } }, "required": ["mood"] }',
          widget: 'schema',
        }),
      })
      .meta({ title: 'Data' }),
  ])
  .default({ kind: 'text' })
  .meta({ title: 'Answer', description: 'Text, or data of a shape that later steps can rely on.' })

/** What every node that asks a model is told of it. */
export const modelSettings = {
  model: Model,
  fallback: z
    .array(
      z.object({
        connection: z
          .uuid()
          .meta({ title: 'Connection', widget: 'connection', kinds: [...modelKinds], static: true }),
        model: Model,
      }),
    )
    .max(5)
    .default([])
    .meta({
      title: 'Instead',
      description:
        'Tried in this order when the model is away, overloaded, too slow, or its key is not accepted.',
    }),
  maxTokens: z.number().int().min(1).max(128_000).default(16_000).meta({
    title: 'Tokens of a reply',
    description: 'The most one reply may have, what the model thinks to itself included.',
  }),
  temperature: z.number().min(0).max(2).optional().meta({
    title: 'Temperature',
    description: 'For OpenAI-compatible models that take one. Claude decides by itself and is not sent it.',
  }),
}

/** What the model is asked, and what for. */
export const questionSettings = {
  instructions: z.string().max(100_000).default('').meta({
    title: 'Instructions',
    description: 'Who it is, what it is to do, and what it must not.',
    placeholder: 'You answer customers of a coffee roaster. Be brief and friendly.',
    widget: 'multiline',
  }),
  message: z.string().min(1).max(500_000).meta({
    title: 'Message',
    description: 'What it is asked now.',
    widget: 'multiline',
  }),
  output: Output,
}

interface Settings {
  model: string
  fallback: readonly ModelChoice[]
  maxTokens: number
  temperature?: number | undefined
}

/** The models in the order in which they are tried. */
export function choicesOf({ model, fallback }: Settings, connection: string | undefined): ModelChoice[] {
  return [...(connection === undefined ? [] : [{ connection, model }]), ...fallback]
}

export const replyLimits = ({ maxTokens, temperature }: Settings) => ({
  maxTokens,
  ...(temperature === undefined ? {} : { temperature }),
})

export const wantedOf = (output: z.output<typeof Output>): Wanted =>
  output.kind === 'json' && isJsonObject(output.schema)
    ? { kind: 'json', schema: output.schema }
    : { kind: 'text' }

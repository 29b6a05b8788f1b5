import { defineConnection, fail, type HttpReply, type HttpRequest, isJsonObject, z } from '../kit/index.ts'

/** A key that fits a header and cannot smuggle in a second one. */
const Key = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .regex(/^[\x21-\x7e]+$/, 'A key has no spaces and no line breaks')

const baseUrl = (url: string, description: string) =>
  z
    .url({ protocol: /^https?$/ })
    .max(500)
    .default(url)
    .meta({ title: 'Address', description, placeholder: url, secret: false })

/** Text, as every field of a connection is. */
const Price = z
  .string()
  .regex(/^(\d{1,6}(\.\d{1,9})?)?$/, 'A price is a number such as 0.25')
  .optional()

const withHeaders = (request: HttpRequest, own: Record<string, string>): HttpRequest => ({
  ...request,
  headers: { ...request.headers, ...own },
})

/** An address with a path below it. */
const below = (base: string, path: string) => `${base.replace(/\/+$/, '')}${path}`

export const modelAnthropic = defineConnection({
  id: 'model.anthropic',
  title: 'Anthropic',
  summary: 'Claude, by an API key of the Anthropic console.',
  icon: 'bot',
  fields: z.strictObject({
    apiKey: Key.meta({ title: 'API key', placeholder: 'sk-ant-…', secret: true }),
    baseUrl: baseUrl('https://api.anthropic.com', 'Another one only for a gateway of your own.'),
  }),
  hosts: ['{baseUrl}'],
  attach: ({ apiKey }, request) => withHeaders(request, { 'x-api-key': apiKey }),
  async test({ fields, http }) {
    const reply = await http({
      url: below(fields.baseUrl, '/v1/models'),
      query: { limit: '1' },
      headers: { 'anthropic-version': '2026-10-21' },
      anyStatus: true,
    })
    refuseUnlessOk(reply)
    return {}
  },
})

export const modelOpenai = defineConnection({
  id: 'model.openai',
  title: 'OpenAI-compatible',
  summary: 'OpenAI, OpenRouter, Gemini, Ollama, vLLM: whatever speaks the chat completions API.',
  icon: 'sparkles',
  fields: z.strictObject({
    apiKey: Key.meta({
      title: 'API key',
      description: 'Any word for a server that wants none.',
      placeholder: 'sk-…',
      secret: true,
    }),
    baseUrl: baseUrl(
      'https://api.openai.com/v1',
      'OpenRouter: https://openrouter.ai/api/v1. Gemini: https://generativelanguage.googleapis.com/v1beta/openai. Ollama: http://host:11434/v1.',
    ),
    inputPrice: Price.meta({
      title: 'Price of input',
      description: 'US dollars for a million tokens, for models whose price Trama does not know.',
      placeholder: '0.25',
      secret: false,
    }),
    outputPrice: Price.meta({
      title: 'Price of output',
      description: 'US dollars for a million tokens.',
      placeholder: '2',
      secret: false,
    }),
  }),
  hosts: ['{baseUrl}'],
  attach: ({ apiKey }, request) => withHeaders(request, { authorization: `Bearer ${apiKey}` }),
  async test({ fields, http }) {
    refuseUnlessOk(await http({ url: below(fields.baseUrl, '/models'), anyStatus: true }))
    return {}
  },
})

function refuseUnlessOk({ status, body }: HttpReply): void {
  if (status < 400) return
  if (status === 401 || status === 403)
    throw fail('key_refused', 'The key was not accepted. Check that it is whole and still valid.')
  const said = isJsonObject(body) && isJsonObject(body.error) ? body.error.message : undefined
  const words = typeof said === 'string' ? ` It said: ${said.slice(0, 300)}` : ''
  throw fail('model_unavailable', `The address answered with status ${status}. Check it.${words}`)
}

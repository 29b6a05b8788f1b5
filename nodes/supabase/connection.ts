import { defineConnection, fail, z } from '../kit/index.ts'

export const supabaseKey = defineConnection({
  id: 'supabase.key',
  title: 'Supabase project',
  summary: 'Reads and writes a project’s tables with one of its keys.',
  icon: 'database-zap',
  fields: z.strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .meta({ title: 'Project URL', placeholder: 'https://abcd.supabase.co', secret: false }),
    key: z
      .string()
      .max(2_000)
      .regex(/^[\w.-]{10,}$/)
      .meta({
        title: 'Key',
        description:
          'The secret (service role) key sees past row-level security; the publishable one does not.',
        secret: true,
      }),
    schema: z
      .string()
      .regex(/^[A-Za-z_][\w$]{0,62}$/)
      .optional()
      .meta({ title: 'Schema', description: 'public, if you leave it empty.', secret: false }),
  }),
  hosts: ['{url}'],
  address: ({ url }, path) => `${url.replace(/\/+$/, '')}/rest/v1${path}`,
  attach: ({ key, schema }, request) => ({
    ...request,
    headers: {
      ...request.headers,
      apikey: key,
      authorization: `Bearer ${key}`,
      ...(schema ? { 'accept-profile': schema, 'content-profile': schema } : {}),
    },
  }),
  async test({ fields, http }) {
    const { origin } = new URL(fields.url)
    const { status } = await http({ url: `${origin}/auth/v1/settings` })
    if (status === 401 || status === 403)
      throw fail('supabase_refused', 'The project does not accept this key.')
    if (status !== 200)
      throw fail('supabase_refused', `There is no Supabase project at this address (status ${status}).`)
    return { account: new URL(fields.url).host }
  },
})

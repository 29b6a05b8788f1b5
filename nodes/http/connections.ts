import { defineConnection, type HttpRequest, z } from '../kit/index.ts'

const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: {
    ...Object.fromEntries(
      Object.entries(request.headers ?? {}).filter(([own]) => own.toLowerCase() !== name.toLowerCase()),
    ),
    [name]: value,
  },
})

/** Header values that cannot smuggle in a second header. */
const HeaderValue = z
  .string()
  .min(1)
  .max(8_000)
  .regex(/^[\t\x20-\x7e\x80-\xff]+$/)

export const httpHeader = defineConnection({
  id: 'http.header',
  title: 'HTTP header',
  summary: 'Sends a header of your choice, such as X-API-Key.',
  icon: 'key-round',
  fields: z.strictObject({
    name: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/)
      .meta({ title: 'Header', placeholder: 'X-API-Key', secret: false }),
    value: HeaderValue.meta({ title: 'Value', secret: true }),
  }),
  attach: ({ name, value }, request) => withHeader(request, name, value),
})

export const httpBearer = defineConnection({
  id: 'http.bearer',
  title: 'Bearer token',
  summary: 'Sends a token in the Authorization header.',
  icon: 'key-square',
  fields: z.strictObject({ token: HeaderValue.meta({ title: 'Token', secret: true }) }),
  attach: ({ token }, request) => withHeader(request, 'Authorization', `Bearer ${token}`),
})

export const httpBasic = defineConnection({
  id: 'http.basic',
  title: 'User and password',
  summary: 'Signs in with HTTP basic authentication.',
  icon: 'user-lock',
  fields: z.strictObject({
    user: z
      .string()
      .max(500)
      .regex(/^[^:]*$/)
      .meta({ title: 'User', secret: false }),
    password: z.string().max(2_000).meta({ title: 'Password', secret: true }),
  }),
  attach({ user, password }, request) {
    const bytes = new TextEncoder().encode(`${user}:${password}`)
    return withHeader(request, 'Authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`)
  },
})

export const httpQuery = defineConnection({
  id: 'http.query',
  title: 'Key in the address',
  summary: 'Adds a key to the address, such as ?api_key=….',
  icon: 'link',
  fields: z.strictObject({
    name: z
      .string()
      .regex(/^[\w.[\]-]{1,100}$/)
      .meta({ title: 'Name', placeholder: 'api_key', secret: false }),
    value: z.string().min(1).max(4_000).meta({ title: 'Value', secret: true }),
  }),
  attach: ({ name, value }, request) => ({ ...request, query: { ...request.query, [name]: value } }),
})

const OAuthAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(1_000)])

export const httpOauth2 = defineConnection({
  id: 'http.oauth2',
  title: 'OAuth 2.0',
  summary:
    'Signs in by OAuth 2.0: as a person, or as the application itself. Tokens are renewed by themselves.',
  icon: 'shield-check',
  fields: z.strictObject({
    grant: z
      .enum(['authorization_code', 'client_credentials'])
      .default('authorization_code')
      .meta({
        title: 'Who signs in',
        options: { authorization_code: 'A person', client_credentials: 'The application itself' },
        secret: false,
      }),
    clientId: z.string().min(1).max(500).meta({ title: 'Client ID', secret: false }),
    clientSecret: z.string().max(2_000).default('').meta({ title: 'Client secret', secret: true }),
    tokenUrl: z
      .url({ protocol: /^https?$/ })
      .max(1_000)
      .meta({ title: 'Token address', placeholder: 'https://login.example.com/oauth/token', secret: false }),
    authorizeUrl: OAuthAddress.default('').meta({
      title: 'Sign-in address',
      description: 'Only where a person signs in.',
      placeholder: 'https://login.example.com/oauth/authorize',
      secret: false,
    }),
    scopes: z.string().max(2_000).default('').meta({
      title: 'Scopes',
      description: 'With a space between them.',
      placeholder: 'orders.read orders.write',
      secret: false,
    }),
    audience: z.string().max(500).default('').meta({
      title: 'Audience',
      description: 'Only where the service asks for one.',
      placeholder: 'https://api.example.com',
      secret: false,
    }),
    clientAuth: z
      .enum(['body', 'basic'])
      .default('body')
      .meta({
        title: 'The client names itself',
        options: { body: 'In the body', basic: 'In a header (Basic)' },
        secret: false,
      }),
  }),
  oauth2({ grant, tokenUrl, authorizeUrl, scopes, audience, clientAuth }) {
    const more: Record<string, string> = audience === '' ? {} : { audience }
    return {
      ...{ grant, tokenUrl, authorizeUrl, clientAuth },
      scopes: scopes.split(/\s+/).filter(Boolean),
      ...(grant === 'client_credentials' ? { token: more } : { authorize: more }),
    }
  },
  attach: ({ accessToken = '' }, request) => withHeader(request, 'Authorization', `Bearer ${accessToken}`),
})

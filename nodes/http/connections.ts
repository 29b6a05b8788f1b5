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

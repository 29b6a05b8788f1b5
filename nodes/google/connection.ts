import { defineConnection, fail, isJsonObject, z } from '../kit/index.ts'

const gmail = ['https://www.googleapis.com/auth/gmail.modify']
const sheets = ['https://www.googleapis.com/auth/spreadsheets']
const scopes = { gmail_sheets: [...gmail, ...sheets], gmail, sheets }

export const googleOauth = defineConnection({
  id: 'google.oauth',
  title: 'Google account',
  summary: 'Acts in Gmail and Google Sheets for a person who signs in.',
  icon: 'mail',
  fields: z.strictObject({
    clientId: z
      .string()
      .regex(/^[\w.-]{10,200}$/)
      .meta({
        title: 'Client ID',
        description: 'Of an OAuth client of type “Web application” in the Google Cloud console.',
        placeholder: '1234-abcd.apps.googleusercontent.com',
        secret: false,
      }),
    clientSecret: z.string().min(1).max(500).meta({ title: 'Client secret', secret: true }),
    access: z
      .enum(['gmail_sheets', 'gmail', 'sheets'])
      .default('gmail_sheets')
      .meta({
        title: 'May use',
        options: { gmail_sheets: 'Gmail and Sheets', gmail: 'Gmail', sheets: 'Sheets' },
        secret: false,
      }),
  }),
  hosts: ['gmail.googleapis.com', 'sheets.googleapis.com', 'openidconnect.googleapis.com'],
  oauth2: ({ access }) => ({
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scopes: ['openid', 'email', ...scopes[access]],
    // Only with these does Google give something to renew the permission with, each time.
    authorize: { access_type: 'offline', prompt: 'consent' },
    issuer: 'https://accounts.google.com',
  }),
  attach: ({ accessToken = '' }, request) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${accessToken}` },
  }),
  async test({ http }) {
    const { status, body } = await http({ url: 'https://openidconnect.googleapis.com/v1/userinfo' })
    if (status !== 200)
      throw fail('google_refused', `Google does not say whose account it is (status ${status}).`)
    const email = isJsonObject(body) ? body.email : undefined
    return typeof email === 'string' ? { account: email } : {}
  },
})

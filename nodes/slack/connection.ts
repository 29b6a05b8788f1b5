import { defineConnection, fail, isJsonObject, textIn, z } from '../kit/index.ts'

export const slackBot = defineConnection({
  id: 'slack.bot',
  title: 'Slack app',
  summary: 'Acts in a Slack workspace as an app of yours, with its bot token.',
  icon: 'hash',
  hosts: ['slack.com'],
  fields: z.strictObject({
    token: z
      .string()
      .regex(/^xoxb-[\w-]{10,300}$/, 'A bot token begins with xoxb-')
      .meta({ title: 'Bot token', placeholder: 'xoxb-…', secret: true }),
    signingSecret: z.string().max(200).default('').meta({
      title: 'Signing secret',
      description: 'Only for the Slack event trigger, which refuses everything without it.',
      secret: true,
    }),
  }),
  limits: { breaker: { failures: 20, pauseMs: 30_000 } },
  attach: ({ token }, request) => ({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token}` },
  }),
  async test({ http }) {
    const { body } = await http({ method: 'POST', url: 'https://slack.com/api/auth.test' })
    const said = isJsonObject(body) ? body : {}
    if (said.ok !== true)
      throw fail(
        'connection_refused',
        `Slack refuses the token (${textIn(said, 'error') || 'no reason given'}). Copy it again from your app’s page “OAuth & Permissions”.`,
      )
    return { account: [textIn(said, 'team'), textIn(said, 'user')].filter(Boolean).join(' · ') }
  },
})

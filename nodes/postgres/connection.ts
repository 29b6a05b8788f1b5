import { defineConnection, z } from '../kit/index.ts'

export const postgresLogin = defineConnection({
  id: 'postgres.login',
  title: 'PostgreSQL database',
  summary: 'Signs in to a database with a user and a password.',
  icon: 'database',
  fields: z.strictObject({
    host: z
      .string()
      .max(253)
      .regex(/^[\w.:[\]-]+$/)
      .meta({ title: 'Host', placeholder: 'db.example.com', secret: false }),
    port: z
      .string()
      .regex(/^\d{1,5}$/)
      .default('5432')
      .meta({ title: 'Port', placeholder: '5432', secret: false }),
    database: z.string().min(1).max(63).meta({ title: 'Database', placeholder: 'shop', secret: false }),
    user: z.string().min(1).max(200).meta({ title: 'User', secret: false }),
    password: z.string().max(2_000).meta({ title: 'Password', secret: true }),
    tls: z
      .enum(['verify', 'encrypt', 'off'])
      .default('verify')
      .meta({
        title: 'Encryption',
        options: {
          verify: 'TLS, with a certificate that is checked',
          encrypt: 'TLS, whoever is at the other end',
          off: 'None',
        },
        secret: false,
      }),
    ca: z.string().max(20_000).optional().meta({
      title: 'Certificate authority',
      description: 'PEM text, if the server’s certificate is signed by one of your own.',
      widget: 'multiline',
      secret: false,
    }),
  }),
  hosts: ['{host}'],
  /** It never joins a request: the database is reached by its own protocol. */
  attach: (_fields, request) => request,
  async test({ sql }) {
    const { rows } = await sql.query({
      text: 'SELECT current_user AS "user", current_database() AS "database"',
      values: [],
      most: 1,
      readOnly: true,
    })
    const [row] = rows
    return row ? { account: `${row.user} · ${row.database}` } : {}
  },
})

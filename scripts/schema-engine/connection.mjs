import pg from 'pg'

/** node-postgres lets a connection string win over `database`; discrete fields keep a shadow database from being the main one. */
export function parseUrl(address) {
  const url = new URL(address)
  const sslmode = url.searchParams.get('sslmode')
  const secure = sslmode && sslmode !== 'disable' && sslmode !== 'prefer'
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || 'postgres',
    schema: url.searchParams.get('schema') ?? undefined,
    ...(secure ? { ssl: { rejectUnauthorized: sslmode.startsWith('verify') } } : {}),
  }
}

/** Runs one statement on a connection of its own. */
export async function runOn(config, sql) {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export const quoted = (name) => `"${name.replaceAll('"', '""')}"`

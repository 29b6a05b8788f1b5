import { parseUrl, quoted, runOn } from './connection.mjs'

const PRISMA_CODE = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' }

/** `can-connect-to-database`, `create-database` or `drop-database`. Gives null, or what went wrong in Prisma's codes. */
export async function databaseCommand(command, url) {
  const { schema: _, ...config } = parseUrl(url)
  try {
    if (command === 'can-connect-to-database') await runOn(config, 'SELECT 1')
    if (command === 'create-database')
      await runOn({ ...config, database: 'postgres' }, `CREATE DATABASE ${quoted(config.database)}`)
    if (command === 'drop-database')
      await runOn(
        { ...config, database: 'postgres' },
        `DROP DATABASE ${quoted(config.database)} WITH (FORCE)`,
      )
    return null
  } catch (error) {
    const code = PRISMA_CODE[error.code] ?? 'P1001'
    return { error_code: code, message: explain(code, config, error) }
  }
}

function explain(code, { host, port, database }, error) {
  if (code === 'P1003') return `Database \`${database}\` does not exist`
  if (code === 'P1000') return 'Authentication failed against the database server'
  if (code === 'P1009') return `Database \`${database}\` already exists`
  return `Can't reach database server at \`${host}:${port}\`: ${error.message}`
}

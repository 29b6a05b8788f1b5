import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's CLI wants its native schema engine, which it downloads. Ours comes from npm (WASM), see scripts/schema-engine/README.md.
// Windows cannot spawn a script with #!: there `migrate` and `db` use Prisma's own download.
const needsEngine = process.argv.some((word) => word === 'migrate' || word === 'db')
if (process.platform !== 'win32' || !needsEngine) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.resolve(
    import.meta.dirname,
    'scripts/schema-engine/main.mjs',
  )
}
process.env.CHECKPOINT_DISABLE ??= '1'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})

#!/usr/bin/env node
// Offline stand-in for Prisma's native `schema-engine` binary: same argv + JSON-RPC-over-stdio protocol,
// served by @prisma/schema-engine-wasm (same engine commit as the prisma CLI) over node-postgres.
// Used through PRISMA_SCHEMA_ENGINE_BINARY, so every `prisma migrate|db` command works without binaries.prisma.sh.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const require = createRequire(import.meta.url)
const argv = process.argv.slice(2)
const opts = { datamodels: [], datasource: undefined, cmd: undefined }
for (let i = 0; i < argv.length; i++) {
  const a = argv[i]
  if (a === '--version' || a === '-V') {
    console.log('schema-engine-cli ' + require('@prisma/engines-version').enginesVersion)
    process.exit(0)
  }
  if (a === '--datamodels' || a === '-d') opts.datamodels.push(argv[++i])
  else if (a === '--datasource') opts.datasource = JSON.parse(argv[++i])
  else if (a === '--enabled-preview-features' || a === '--extension-types') i++
  else if (a === 'cli') opts.cmd = argv[++i]
}

// stderr lines are parsed by the CLI as tracing JSON (the first line is skipped)
const log = (level, fields, target = 'schema_engine::logger') =>
  process.stderr.write(JSON.stringify({ timestamp: new Date().toISOString(), level, fields, target }) + '\n')

function parseUrl(url) {
  const u = new URL(url)
  const ssl = u.searchParams.get('sslmode')
  return {
    host: u.searchParams.get('host') ?? decodeURIComponent(u.hostname),
    port: Number(u.port || 5432),
    user: decodeURIComponent(u.username),
    password: decodeURIComponent(u.password),
    database: decodeURIComponent(u.pathname.slice(1)) || 'postgres',
    ...(ssl && ssl !== 'disable' && ssl !== 'prefer'
      ? { ssl: { rejectUnauthorized: ssl.startsWith('verify') } }
      : {}),
    schema: u.searchParams.get('schema') ?? undefined,
  }
}

// adapter-pg refuses pg_catalog's internal types ("char" = oid 18, ...) that the engine's introspection reads.
function patchCatalogTypes(queryable) {
  const io = queryable.performIO.bind(queryable)
  queryable.performIO = async (q) => {
    const r = await io(q)
    const chars = []
    for (const [i, f] of (r.fields ?? []).entries())
      if (f.dataTypeID === 18) {
        chars.push(i)
        f.dataTypeID = 25
      }
    queryable.lastChars = chars
    return r
  }
  const raw = queryable.queryRaw.bind(queryable)
  queryable.queryRaw = async (q) => {
    const out = await raw(q)
    for (const i of queryable.lastChars) out.columnTypes[i] = ColumnTypeEnum.Character
    return out
  }
  return queryable
}

class EngineAdapterFactory {
  provider = 'postgres'
  adapterName = '@prisma/adapter-pg'
  constructor(ds) {
    this.ds = ds
    this.cfg = parseUrl(ds.url)
  }
  async #open(cfg, onDispose) {
    // One connection: the engine takes a session advisory lock and relies on session state.
    const { schema, ...conn } = cfg
    const pool = new pg.Pool({ ...conn, max: 1 })
    pool.on('error', () => {})
    const adapter = await new PrismaPg(pool, { schema: schema ?? 'public' }).connect()
    // adapter-pg splits scripts on ";" (breaks $$ bodies); the native engine sends one simple query.
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script)
      } catch (e) {
        adapter.onError(e)
      }
    }
    patchCatalogTypes(adapter)
    const begin = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (iso) => patchCatalogTypes(await begin(iso))
    adapter.dispose = async () => {
      await pool.end()
      await onDispose?.()
    }
    return adapter
  }
  connect() {
    return this.#open(this.cfg)
  }
  async connectToShadowDb() {
    const shadowUrl = this.ds.shadowDatabaseUrl
    if (shadowUrl) {
      const a = await this.#open(parseUrl(shadowUrl))
      await a.executeScript('DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;')
      return a
    }
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    const admin = async (sql) => {
      const c = new pg.Client(this.cfg)
      await c.connect()
      try {
        await c.query(sql)
      } finally {
        await c.end()
      }
    }
    await admin(`CREATE DATABASE "${name}"`)
    return this.#open({ ...this.cfg, database: name }, () =>
      admin(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
    )
  }
}

// ---- `schema-engine cli can-connect-to-database|create-database|drop-database`
if (opts.cmd) {
  const cfg = parseUrl(opts.datasource.url)
  const run = async (database, sql) => {
    const c = new pg.Client({ ...cfg, database })
    await c.connect()
    try {
      await c.query(sql)
    } finally {
      await c.end()
    }
  }
  const q = (s) => '"' + s.replaceAll('"', '""') + '"'
  try {
    if (opts.cmd === 'can-connect-to-database') await run(cfg.database, 'SELECT 1')
    else if (opts.cmd === 'create-database') await run('postgres', `CREATE DATABASE ${q(cfg.database)}`)
    else if (opts.cmd === 'drop-database')
      await run('postgres', `DROP DATABASE ${q(cfg.database)} WITH (FORCE)`)
    process.exit(0)
  } catch (e) {
    const code =
      e.code === '3D000' ? 'P1003' : e.code === '28P01' ? 'P1000' : e.code === '42P04' ? 'P1009' : 'P1001'
    const message = {
      P1003: `Database \`${cfg.database}\` does not exist`,
      P1000: `Authentication failed against the database server`,
      P1009: `Database \`${cfg.database}\` already exists`,
      P1001: `Can't reach database server at \`${cfg.host}:${cfg.port}\`: ${e.message}`,
    }[code]
    process.stderr.write('\n')
    log('ERROR', { error_code: code, message })
    process.exit(1)
  }
}

// ---- JSON-RPC server
// Load the wasm-bindgen "bundler" build by hand (Node would need a flag for `import './x.wasm'`).
const bg = await import('@prisma/schema-engine-wasm/schema_engine_bg')
const dir = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  message: '',
  set_message(m) {
    this.message = m
  },
  get() {
    return this.message
  },
}
const { instance } = await WebAssembly.instantiate(fs.readFileSync(path.join(dir, 'schema_engine_bg.wasm')), {
  './schema_engine_bg.js': bg,
})
bg.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()

let engineP
const engine = () =>
  (engineP ??= (async () => {
    const factory = bindMigrationAwareSqlAdapterFactory(
      new EngineAdapterFactory(opts.datasource ?? { url: 'postgresql://localhost/postgres' }),
    )
    const datamodels = opts.datamodels.length
      ? opts.datamodels.map((p) => [p, fs.readFileSync(p, 'utf8')])
      : undefined
    return bg.SchemaEngine.new(
      { datamodels },
      (s) => {
        if (process.env.DEBUG_ENGINE) process.stderr.write(s + '\n')
      },
      factory,
    )
  })())

const send = (o) => process.stdout.write(JSON.stringify(o) + '\n')
const pending = new Map()
let printId = 1e6
const print = (content) =>
  new Promise((r) => {
    const id = ++printId
    pending.set(id, r)
    send({ jsonrpc: '2.0', id, method: 'print', params: { content } })
  })

async function dispatch(method, params) {
  const e = await engine()
  switch (method) {
    case 'diff': {
      const { stdout, ...rest } = await e.diff(params)
      if (stdout) await print(stdout.replace(/\n$/, ''))
      return rest
    }
    // The WASM engine reaches the shadow database only from devDiagnostic/diff; these two read the
    // migrations' schema from its cache, so warm the cache for exactly this list of migrations first.
    case 'evaluateDataLoss':
    case 'createMigration':
      await e.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
      return e[method](params)
    case 'getDatabaseVersion':
      return e.version(params)
    case 'createDatabase':
      throw new Error('createDatabase is not supported by this engine')
    case 'debugPanic':
      return e.debugPanic()
    default: {
      const out = await e[method](params)
      return out ?? {}
    }
  }
}

let inflight = 0,
  closed = false
const maybeExit = async () => {
  if (closed && inflight === 0) process.exit(0)
}
readline
  .createInterface({ input: process.stdin })
  .on('line', async (line) => {
    if (!line.trim()) return
    const msg = JSON.parse(line)
    if (!msg.method) {
      pending.get(msg.id)?.()
      pending.delete(msg.id)
      return
    }
    inflight++
    try {
      send({ jsonrpc: '2.0', id: msg.id, result: (await dispatch(msg.method, msg.params)) ?? null })
    } catch (err) {
      const panic = err instanceof WebAssembly.RuntimeError
      const message = panic
        ? globalThis.PRISMA_WASM_PANIC_REGISTRY.get() || err.message
        : (err.message ?? String(err))
      send({
        jsonrpc: '2.0',
        id: msg.id,
        error: {
          code: 4466,
          message: 'An error happened. Check the data field for details.',
          data: { is_panic: panic, message, meta: err.meta ?? null, error_code: err.code ?? null },
        },
      })
    } finally {
      inflight--
      maybeExit()
    }
  })
  .on('close', () => {
    closed = true
    maybeExit()
  })

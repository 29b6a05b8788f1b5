#!/usr/bin/env node
// Stands in for Prisma's native schema engine; see README.md.
import { createRequire } from 'node:module'
import readline from 'node:readline'
import { databaseCommand } from './database.mjs'
import { openEngine, panics } from './engine.mjs'

const options = readArguments(process.argv.slice(2))
if (options.version) {
  const { enginesVersion } = createRequire(import.meta.url)('@prisma/engines-version')
  process.stdout.write(`schema-engine-cli ${enginesVersion}\n`)
} else if (options.command) {
  const problem = await databaseCommand(options.command, options.datasource.url)
  if (problem) logError(problem)
  process.exit(problem ? 1 : 0)
} else serve()

function readArguments(argv) {
  const options = { datamodels: [] }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]
    if (word === '--version' || word === '-V') options.version = true
    if (word === '--datamodels' || word === '-d') options.datamodels.push(argv[++i])
    if (word === '--datasource') options.datasource = JSON.parse(argv[++i])
    if (word === '--enabled-preview-features' || word === '--extension-types') i++
    if (word === 'cli') options.command = argv[++i]
  }
  return options
}

/** Prisma's CLI reads stderr as JSON lines, the first of which it skips. */
function logError(fields) {
  const line = {
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    fields,
    target: 'schema_engine::logger',
  }
  process.stderr.write(`\n${JSON.stringify(line)}\n`)
}

/** JSON-RPC, a message a line, until stdin closes and all is answered. */
function serve() {
  const printed = new Map()
  let lastPrint = 1_000_000
  let underWay = 0
  let closed = false
  let engine

  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const exitWhenDone = () => closed && underWay === 0 && process.exit(0)
  const print = (content) =>
    new Promise((resolve) => {
      const id = ++lastPrint
      printed.set(id, resolve)
      send({ id, method: 'print', params: { content } })
    })

  async function answer(method, params) {
    engine ??= openEngine(options)
    const open = await engine
    if (method === 'diff') {
      const { stdout, ...rest } = await open.diff(params)
      if (stdout) await print(stdout.replace(/\n$/, ''))
      return rest
    }
    if (method === 'getDatabaseVersion') return open.version(params)
    // These two read the migrations' schema from a cache that only devDiagnostic and diff fill.
    if (method === 'evaluateDataLoss' || method === 'createMigration')
      await open.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
    return (await open[method](params)) ?? {}
  }

  function failure(error) {
    const isPanic = error instanceof WebAssembly.RuntimeError
    const message = (isPanic && panics.get()) || error.message || String(error)
    const data = { is_panic: isPanic, message, meta: error.meta ?? null, error_code: error.code ?? null }
    return { code: 4466, message: 'An error happened. Check the data field for details.', data }
  }

  const lines = readline.createInterface({ input: process.stdin })
  lines.on('line', async (line) => {
    if (!line.trim()) return
    const { id, method, params } = JSON.parse(line)
    if (!method) {
      printed.get(id)?.()
      printed.delete(id)
      return
    }
    underWay++
    try {
      send({ id, result: (await answer(method, params)) ?? null })
    } catch (error) {
      send({ id, error: failure(error) })
    }
    underWay--
    exitWhenDone()
  })
  lines.on('close', () => {
    closed = true
    exitWhenDone()
  })
}

import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { adapterFactory } from './adapter.mjs'

const require = createRequire(import.meta.url)

/** The engine writes a panic's message here. */
export const panics = {
  message: '',
  set_message(message) {
    this.message = message
  },
  get() {
    return this.message
  },
}

/** Loads the wasm-bindgen "bundler" build by hand and opens it on a database. */
export async function openEngine({ datamodels, datasource }) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panics
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const bytes = fs.readFileSync(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()

  const files = datamodels.map((file) => [file, fs.readFileSync(file, 'utf8')])
  const factory = adapterFactory(datasource ?? { url: 'postgresql://localhost/postgres' })
  return bindings.SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
}

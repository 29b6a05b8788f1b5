/**
 * Runs inside QuickJS before the user's code: takes the functions it needs while they are still as they should be,
 * makes `console`, and removes what code has no use for.
 */
export const prelude = `(function (log, random) {
  const { parse, stringify } = JSON
  const { call } = Function.prototype
  const slice = call.bind(String.prototype.slice)
  const join = call.bind(Array.prototype.join)
  const then = call.bind(Promise.prototype.then)
  const resolve = Promise.resolve.bind(Promise)
  const text = String
  const { defineProperty } = Object
  for (const name of ['SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry', 'performance', 'gc'])
    delete globalThis[name]
  Math.random = random

  let full = false
  function shown(value) {
    if (typeof value === 'string') return slice(value, 0, 4000)
    try {
      const json = typeof value === 'object' && value !== null && !(value instanceof Error) ? stringify(value) : undefined
      return slice(json === undefined ? text(value) : json, 0, 4000)
    } catch {
      return '[cannot be shown]'
    }
  }
  function write(...values) {
    if (full) return
    const parts = []
    for (let at = 0; at < values.length && at < 50; at += 1)
      defineProperty(parts, at, { value: shown(values[at]), writable: true, enumerable: true, configurable: true })
    full = log(slice(join(parts, ' '), 0, 4000))
  }
  globalThis.console = { log: write, info: write, warn: write, error: write, debug: write }

  const state = { __proto__: null, state: 'waiting', size: 0, text: '' }
  function done(value) {
    try {
      const json = stringify(value)
      state.text = json === undefined ? 'null' : json
      state.size = state.text.length
      state.state = 'done'
    } catch (error) {
      failed(error)
    }
  }
  function failed(error) {
    state.state = 'failed'
    try {
      const isError = typeof error === 'object' && error !== null && typeof error.message === 'string'
      const where = isError && typeof error.stack === 'string' ? place(error.stack) : ''
      state.text = slice(isError ? text(error.name) + ': ' + error.message + where : shown(error), 0, 2000)
    } catch {
      state.text = 'Error: the code failed in a way that cannot be shown'
    }
  }
  const match = call.bind(String.prototype.match)
  function place(stack) {
    const found = match(stack, /code\\.js:(\\d+)/)
    return found ? ' (line ' + found[1] + ')' : ''
  }
  return {
    __proto__: null,
    read: parse,
    start(code, values) {
      const args = []
      for (let at = 0; at < values.length; at += 1)
        defineProperty(args, at, { value: values[at], writable: true, enumerable: true, configurable: true })
      then(resolve(code(...args)), done, failed)
    },
    end: () => state,
  }
})`

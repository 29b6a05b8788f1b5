import { Trouble } from './errors.ts'
import type { Args } from './methods/method.ts'
import type { JsonObject } from './value.ts'

/** The language of names and numbers, when a method is not told: never the machine's own. */
const DEFAULT = 'en'

export function localeOf(args: Args, at: number): string {
  return knownLocale(args.text(at, DEFAULT))
}

export function knownLocale(name: string): string {
  try {
    return Intl.getCanonicalLocales(name)[0] ?? DEFAULT
  } catch {
    throw new Trouble('type', `There is no language “${name}”. Write one like “en”, “pt-BR”`)
  }
}

/** Plain options only: copied, so that nothing of the data is read as code. */
function plain(options: JsonObject): Record<string, string | number | boolean> {
  const copy: Record<string, string | number | boolean> = {}
  for (const [key, value] of Object.entries(options)) {
    if (!/^[a-zA-Z0-9]+$/.test(key)) throw new Trouble('type', `There is no option “${key}”`)
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      copy[key] = value
  }
  return copy
}

export function numberFormat(locale: string, options: JsonObject): Intl.NumberFormat {
  return made(() => new Intl.NumberFormat(locale, plain(options)))
}

export function dateFormat(locale: string, options: JsonObject): Intl.DateTimeFormat {
  return made(() => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...plain(options) }))
}

function made<Format>(make: () => Format): Format {
  try {
    return make()
  } catch (error) {
    throw new Trouble('type', error instanceof Error ? error.message : 'These options cannot be used')
  }
}

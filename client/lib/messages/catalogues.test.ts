import { describe, expect, it } from 'vitest'
import { messages as en } from './en.ts'
import { messages as pt } from './pt-BR.ts'

/** Words that are the same in both languages. */
const same = new Set([
  'API',
  'Chat',
  'Editor',
  'Header',
  'https://',
  'HTTP',
  'Manual',
  'Tenant',
  'Tenants',
  'Token',
  'Trama',
  'URL',
  'Webhook',
  'v{version}',
  '+{count}',
  '{reason}',
  'JSON',
  'steps.…',
  '{step}: {message}',
  '{count, plural, =1 {1 token} other {{tokens} tokens}}',
])

function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    const at = path ? `${path}.${key}` : key
    if (typeof value === 'string') found.set(at, value)
    else for (const [inner, text] of texts(value, at)) found.set(inner, text)
  }
  return found
}

/** The names of the values a message takes: `{count, plural, …}` takes `count`. */
function places(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name = '']) => name))].sort()
}

const english = texts(en)
const portuguese = texts(pt)

describe('catalogues', () => {
  it('have the same keys', () => {
    // The English titles of nodes come from their definitions, so `nodes` is Portuguese only.
    const keys = (all: Map<string, string>) =>
      [...all.keys()].filter((key) => !key.startsWith('nodes.')).sort()
    expect(keys(portuguese)).toEqual(keys(english))
  })

  it('take the same values', () => {
    for (const [key, text] of english) {
      const other = portuguese.get(key)
      if (other !== undefined) expect([key, places(other)]).toEqual([key, places(text)])
    }
  })

  it('are both written', () => {
    const untranslated = [...english].filter(
      ([key, text]) => portuguese.get(key) === text && /\p{L}{2}/u.test(text) && !same.has(text),
    )
    expect(untranslated).toEqual([])
  })

  it('say nothing empty', () => {
    expect([...english, ...portuguese].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

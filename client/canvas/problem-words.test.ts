import { expect, it } from 'vitest'
import { problemMessages } from '#nodes/graph/checks/problems.ts'
import { problems as portuguese } from '../lib/messages/pt-BR/problems.ts'

it.each(Object.keys(problemMessages))('names the same values in Portuguese: %s', (code) => {
  const places = (message: string) => [...message.matchAll(/\{\w+\}/g)].map(String).sort()
  const translated = new Map<string, string>(Object.entries(portuguese.codes)).get(code)
  const original = new Map<string, string>(Object.entries(problemMessages)).get(code)
  expect(places(translated ?? '')).toEqual(places(original ?? 'missing {x}'))
})

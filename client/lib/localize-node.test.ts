import { describe, expect, it } from 'vitest'
import { catalogInfo } from '#nodes/catalog-info.ts'
import type { NodeInfo } from '#nodes/graph/node-info.ts'
import { localizeNode, wordsOf } from './localize-node.ts'

type Words = Record<string, { title?: unknown; help?: unknown; placeholder?: unknown; options?: unknown }>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every word of a schema by path, as the translations name them. */
function wordsIn(schema: unknown, path = '', words: Words = {}): Words {
  if (!isObject(schema)) return words
  const { title, description: help, placeholder, options } = schema
  const own = Object.fromEntries(
    Object.entries({ title, help, placeholder, options }).filter(([, word]) => word !== undefined),
  )
  // A file is chosen whole, and in a list the list has the title: nobody reads the names of its parts.
  if (schema.widget === 'file') {
    words[path] ??= own
    return words
  }
  if (Object.keys(own).length > 0 && path !== '') words[path] = { ...words[path], ...own }
  const below = (name: string) => (path === '' ? name : `${path}/${name}`)
  for (const [name, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    if (!isObject(property) || property.const === undefined) wordsIn(property, below(name), words)
  }
  wordsIn(schema.items, path, words)
  for (const option of Array.isArray(schema.oneOf) ? schema.oneOf : []) {
    const constant = Object.values(option.properties).find((property) => isObject(property) && property.const)
    if (isObject(constant)) wordsIn(option, below(String(constant.const)), words)
  }
  return words
}

const shapeOf = (words: Words) =>
  Object.fromEntries(
    Object.entries(words).map(([path, { options, ...own }]) => [
      path,
      [...Object.keys(own), ...(isObject(options) ? Object.keys(options) : [])].sort(),
    ]),
  )
const placesOf = (line: string | undefined) => line?.match(/\{\w+\}/g)?.sort() ?? null

describe('localizeNode', () => {
  it.each(catalogInfo.map((info): [string, NodeInfo] => [info.id, info]))(
    'has all of %s in Portuguese',
    (id, info) => {
      const words = wordsOf(id, 'pt-BR')
      expect(words).toBeDefined()
      expect(shapeOf({ ...words?.fields })).toEqual(shapeOf(wordsIn(info.params)))
      expect(words?.examples).toHaveLength(info.examples.length)
      expect(placesOf(words?.line)).toEqual(placesOf(info.line))
      const local = localizeNode(info, 'pt-BR')
      expect(wordsIn(local.params)).toEqual(words?.fields)
      expect(local.title).toBe(words?.title)
    },
  )

  it('leaves English, and a node without words, as they are defined', () => {
    const [info] = catalogInfo
    expect(localizeNode(info!, 'en')).toBe(info)
    const own = { ...info!, id: 'own.node' }
    expect(localizeNode(own, 'pt-BR')).toBe(own)
  })
})

import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import { check } from '../graph/check.ts'
import { WorkflowDocument } from '../graph/document.ts'
import { fill } from '../graph/library/fill.ts'
import { faultsOf, Parameters } from '../graph/library/parameter.ts'
import { placesOf } from '../graph/library/places.ts'
import { valueAt } from '../graph/library/put.ts'
import { secretsIn } from '../graph/library/secrets.ts'
import { strip } from '../graph/library/strip.ts'
import { parametersOf } from '../graph/library/suggest.ts'
import { translate, translateParameters } from '../graph/library/translate.ts'
import { templates } from './templates.ts'

const connection = '11111111-1111-4111-8111-111111111111'

test('each has an address of its own', () => {
  expect(new Set(templates.map(({ slug }) => slug)).size).toBe(templates.length)
})

describe.each(templates.map((template) => ({ slug: template.slug, template })))('$slug', ({ template }) => {
  const { document, parameters, sample, translations } = template
  const words = translations['pt-BR']
  const bound = Object.fromEntries(
    parameters.flatMap(({ key, kind }) => (kind === 'connection' ? [[key, connection]] : [])),
  )

  test('is stored as it is, and has nothing of ours in it', () => {
    expect(WorkflowDocument.parse(document)).toEqual(document)
    expect(Parameters.parse(parameters)).toEqual(parameters)
    expect(strip(document, findInfo)).toEqual(document)
    expect(secretsIn(document)).toEqual([])
    expect(template.slug).toMatch(/^[a-z0-9-]+$/)
    expect(template.summary.length).toBeLessThanOrEqual(300)
    expect(template.readme).toContain('## ')
    for (const tag of template.tags) expect(tag).toMatch(/^[a-z0-9][a-z0-9 -]*$/)
  })

  test('is right once it is filled in, in every language', () => {
    expect(faultsOf(parameters, { ...sample.values, ...bound })).toEqual([])
    for (const drawn of [document, translate(document, words.texts)]) {
      const filled = fill(drawn, parameters, { ...sample.values, ...bound })
      expect(check(filled, findInfo).filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })

  test('asks for every connection it needs, and for nothing that is not there', () => {
    const asked = parameters.flatMap(({ targets }) => targets.map((target) => JSON.stringify(target)))
    for (const { targets } of parametersOf(document, findInfo))
      for (const target of targets) expect(asked).toContain(JSON.stringify(target))
    for (const { kind, targets } of parameters)
      for (const target of targets)
        if (kind === 'connection') expect(document.nodes.map(({ key }) => key)).toContain(target.node)
        else expect(valueAt(document, target)).toBeDefined()
  })

  test('has Portuguese words for all that people read, and none for what is not there', () => {
    const texts = new Set([
      ...document.nodes.flatMap(({ name, notes, tool }) =>
        [name, notes, tool?.description].filter((text) => text),
      ),
      ...parameters.flatMap(({ label, help }) => [label, help].filter((text) => text !== '')),
    ])
    for (const text of texts) {
      // MAX is MAX everywhere.
      if (/^[A-Z]{2,}$/.test(String(text))) continue
      // The name of a service is the same everywhere.
      if (
        /^[A-Z][a-zA-Z]+$/.test(String(text)) &&
        words.texts[String(text)] === undefined &&
        parameters.some(({ label }) => label === text)
      )
        continue
      expect(Object.keys(words.texts)).toContain(text)
    }
    const spoken = JSON.stringify([
      translate(document, words.texts),
      translateParameters(parameters, words.texts),
    ])
    for (const [text, said] of Object.entries(words.texts)) {
      expect(said).not.toBe(text)
      expect(spoken, text).toContain(JSON.stringify(said).slice(1, -1))
    }
    expect(placesOf(document, findInfo).length).toBeGreaterThan(0)
    expect([words.name, words.summary, words.readme]).not.toContain('')
  })

  test('every node has a name, and no card lies on another', () => {
    expect(document.nodes.map(({ name }) => name)).not.toContain(undefined)
    for (const a of document.nodes)
      for (const b of document.nodes) {
        if (a.key >= b.key || a.parent !== b.parent) continue
        const apart =
          Math.abs(a.position.x - b.position.x) >= 250 ||
          Math.abs(a.position.y - b.position.y) >= 90 ||
          a.size !== undefined ||
          b.size !== undefined
        expect(apart, `${a.key} and ${b.key}`).toBe(true)
      }
  })
})

import { expect, test } from 'vitest'
import { templates } from '#nodes/templates/templates.ts'
import { callAs, testParts } from '../api/test-app.ts'
import { aTenant } from '../test/factories.ts'
import { shipTemplates } from './ship.ts'

const parts = await testParts({ roles: { worker: false, scheduler: false } })
const { app, admin } = parts.databases
const ship = (shipped = templates) => shipTemplates({ app, admin, log: parts.log }, shipped)
const reader = await callAs(await aTenant(), { parts })
const built = async (locale: 'en' | 'pt-BR' = 'en') =>
  (await reader.library.list({ source: 'trama', locale })).items

test('what ships is in every library, once however often it is shipped', async () => {
  await Promise.all([ship(), ship()])
  await ship()
  const items = await built()
  expect(items.map(({ name, version }) => [name, version]).sort()).toEqual(
    templates.map(({ name }) => [name, 1]).sort(),
  )
  expect(items[0]).toMatchObject({ publisher: { name: 'Trama', isBuiltIn: true }, review: 'approved' })
  expect((await built('pt-BR')).map(({ name }) => name).sort()).toEqual(
    templates.map(({ translations }) => translations['pt-BR'].name).sort(),
  )
  expect(parts.logged.filter((line) => line.includes('could not be shipped'))).toEqual([])
})

test.each(templates.map((template) => [template.slug, template] as const))(
  '%s installs in both languages',
  async (slug, template) => {
    const item = (await built()).find((one) => one.slug === slug)
    expect(item).toBeDefined()
    for (const locale of ['en', 'pt-BR'] as const) {
      const { values } = template.sample
      const key = { publisherId: 'trama', itemId: item!.itemId, locale }
      const { workflowId, problems } = await reader.library.install({ ...key, name: template.name, values })
      // Off until its connections are chosen, and nothing else is in the way.
      expect(problems.map(({ code }) => code).filter((code) => code !== 'missing_connection')).toEqual([])
      const { draft, publishedVersion } = await reader.workflows.get({ id: workflowId })
      expect(publishedVersion).toBeNull()
      const words = template.translations['pt-BR'].texts
      const [first] = template.document.nodes
      expect(draft.nodes[0]?.name).toBe(locale === 'en' ? first?.name : words[first?.name ?? ''])
    }
  },
)

test('a changed template is a new version, and one that ships no more is withdrawn', async () => {
  const [first, ...others] = templates
  await ship([{ ...first!, readme: `${first!.readme}\n\nMore.` }, ...others.slice(1)])
  const items = await built()
  expect(items.find(({ slug }) => slug === first!.slug)?.version).toBe(2)
  const all = await reader.library.list({ locale: 'en' })
  expect(all.items.map(({ slug }) => slug)).not.toContain(others[0]?.slug)
})

import { describe, expect, it } from 'vitest'
import { catalogInfo } from '#nodes/catalog-info.ts'
import { paletteSections } from './palette-sections.ts'
import { searchNodes, serviceOf } from './search-nodes.ts'

const entries = catalogInfo
const first = (query: string) => searchNodes(entries, query)[0]?.id

describe('the palette', () => {
  it.each([
    ['http', 'http.request'],
    ['cron', 'trigger.schedule'],
    ['loop', 'flow.each'],
    ['condição', 'flow.if'],
    ['CONDICAO', 'flow.if'],
    ['responder', 'flow.respond'],
    ['javascript', 'code.run'],
    ['gpt', 'agent.run'],
    ['inteligência', 'agent.run'],
    ['slack post', 'slack.post'],
  ])('finds %s', (query, id) => expect(first(query)).toBe(id))

  it.each([
    ['planilha', ['sheets']],
    ['pagamento', ['stripe']],
    ['zap', ['whatsapp']],
    ['banco de dados', ['supabase', 'postgres']],
  ])('finds the service by %s', (query, services) => {
    expect(services).toContain(serviceOf(first(query) ?? ''))
  })

  it('shows everything when nothing is asked', () => {
    expect(searchNodes(entries, '  ')).toEqual(entries)
  })
  it('wants every word', () => {
    expect(searchNodes(entries, 'http zebra')).toEqual([])
  })
})

describe('its sections', () => {
  const sections = paletteSections(entries)
  it('hold every kind of node once', () => {
    const listed = sections.flatMap((section) => section.entries.map(({ id }) => id))
    expect(listed.toSorted()).toEqual(entries.map(({ id }) => id).toSorted())
  })
  it('name the services that have several nodes', () => {
    expect(sections.flatMap(({ service }) => service ?? [])).toContain('Slack')
    expect(sections.find(({ service }) => service === 'Slack')?.entries.length).toBeGreaterThan(1)
  })
})

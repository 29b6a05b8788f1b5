import { describe, expect, it } from 'vitest'
import { catalogInfo } from '#nodes/catalog-info.ts'
import { searchNodes } from './search-nodes.ts'

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
  ])('finds %s', (query, id) => expect(first(query)).toBe(id))

  it('shows everything when nothing is asked', () => {
    expect(searchNodes(entries, '  ')).toEqual(entries)
  })
  it('wants every word', () => {
    expect(searchNodes(entries, 'http zebra')).toEqual([])
  })
})

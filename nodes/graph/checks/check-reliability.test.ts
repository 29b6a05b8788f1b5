import { expect, test } from 'vitest'
import { findInfo } from '../../catalog-info.ts'
import type { Reliability } from '../../kit/reliability.ts'
import { check } from '../check.ts'
import type { DocumentNode } from '../document.ts'
import { expressionsIn } from '../params.ts'
import { renameNode } from '../rename.ts'
import { agent, drawing, each, log, manual, node, withAgent } from './drawing.ts'

/** What check finds in `it` of the settings: `code field`. */
function found(it: DocumentNode, reliability: Reliability, ...edges: string[]) {
  const document = drawing([manual(), { ...it, reliability }], 'start > it', ...edges)
  return check(document, withAgent(findInfo)).flatMap(({ code, node: at, field = '' }) =>
    at === 'it' && field.startsWith('reliability') ? [`${code} ${field}`] : [],
  )
}

const hour = { ageMs: 3_600_000 }
const breaker = { failures: 5, pauseMs: 60_000 }
const http = (params: DocumentNode['params']) =>
  node('it', 'http.request', { params: { url: 'https://a.example', ...params } })

test.each<[string, DocumentNode, Reliability, string[]]>([
  ['what reads may be kept', http({}), { cache: hour }, []],
  ['also when it says so', http({ method: 'HEAD' }), { cache: hour }, []],
  ['what changes may not', http({ method: 'POST' }), { cache: hour }, ['cache_on_effect reliability.cache']],
  [
    'nor what may change',
    http({ method: { expr: 'trigger.method' } }),
    { cache: hour },
    ['cache_on_effect reliability.cache'],
  ],
  [
    'a message is sent each time',
    node('it', 'slack.post'),
    { cache: hour },
    ['cache_on_effect reliability.cache'],
  ],
  [
    'a person decides each time',
    node('it', 'person.approval'),
    { cache: hour },
    ['cache_on_effect reliability.cache'],
  ],
  ['so do the tools of an agent', agent('it'), { cache: hour }, ['cache_on_effect reliability.cache']],
  ['code may be kept', node('it', 'code.run'), { cache: hour }, []],
  ['a service may be left alone', http({}), { breaker }, []],
  ['there is no service', log('it'), { breaker }, ['breaker_on_nothing reliability.breaker']],
  ['a limit makes sense anywhere', log('it'), { rate: { calls: 1, perMs: 1_000 } }, []],
  [
    'a pause after the last attempt',
    log('it'),
    { delayMs: 100 },
    ['pause_without_retry reliability.delayMs'],
  ],
  [
    'or after the only one',
    http({}),
    { attempts: 1, backoff: 'fixed' },
    ['pause_without_retry reliability.backoff'],
  ],
  ['a pause between attempts', log('it'), { delayMs: 100, attempts: 2 }, []],
  ['a frame repeats nothing', each('it'), { attempts: 2 }, ['reliability_not_here reliability']],
  [
    'the key is checked',
    http({}),
    { cache: { ...hour, key: { expr: 'steps.nowhere.id' } } },
    ['unknown_step reliability.cache.key'],
  ],
  ['a key that can be known', http({}), { cache: { ...hour, key: { expr: 'trigger.id' } } }, []],
])('%s', (_, it, settings, expected) => {
  expect(found(it, settings)).toEqual(expected)
})

test('the key of what is kept follows the step it reads', () => {
  const reliability = { cache: { ...hour, key: { expr: 'steps.first.id' } } }
  const document = drawing(
    [manual(), log('first'), log('it', { reliability })],
    'start > first',
    'first > it',
  )
  const [, , it] = renameNode(document, 'first', 'one').nodes
  expect(it && expressionsIn(it)).toContainEqual({ field: 'reliability.cache.key', source: 'steps.one.id' })
})

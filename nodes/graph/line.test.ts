import { describe, expect, test } from 'vitest'
import { findInfo } from '../catalog-info.ts'
import type { JsonObject } from '../kit/json.ts'
import { cardLine } from './line.ts'

const line = (type: string, params: JsonObject) => cardLine({ params }, findInfo(type, 1)!)
const expr = (source: string) => ({ expr: source })

describe('cardLine', () => {
  test.each<[string, JsonObject, string]>([
    ['http.request', { url: 'https://a.example' }, 'GET https://a.example'],
    [
      'http.request',
      { method: 'POST', url: expr(`\`https://a.example/\${steps.get.id}\``) },
      'POST https://a.example/{get.id}',
    ],
    ['http.request', {}, 'Calls a web address and gives the response.'],
    ['trigger.webhook', { method: 'ANY', path: 'orders' }, 'Any method /orders'],
    ['flow.wait', { wait: { kind: 'for', amount: 5, unit: 'minutes' } }, 'Wait 5 minutes'],
    [
      'flow.wait',
      { wait: { kind: 'for', amount: expr('trigger.days'), unit: 'days' } },
      'Wait trigger.days days',
    ],
    ['flow.wait', {}, 'Wait 5 minutes'],
    ['flow.each', { list: expr('steps.get.body.orders') }, 'For each of get.body.orders'],
    [
      'flow.if',
      { conditions: { rules: [{ left: expr('input.total'), op: 'at_least', right: 100 }] } },
      'If input.total is at least 100',
    ],
    [
      'flow.if',
      { conditions: { rules: [{ left: expr('input.email'), op: 'is_empty' }] } },
      'If input.email is empty',
    ],
    [
      'flow.if',
      {
        conditions: {
          match: 'any',
          rules: [
            { left: 1, right: 2 },
            { left: 3, op: 'greater', right: 4 },
          ],
        },
      },
      'If 1 is equal to 2 or 3 is greater than 4',
    ],
    ['flow.if', { conditions: { rules: [{ left: 1, right: 2 }, {}, {}] } }, 'If 1 is equal to 2 and +2'],
    ['flow.if', {}, 'Takes one of two paths, depending on conditions.'],
    [
      'flow.filter',
      { list: [], conditions: { rules: [{ field: 'total', op: 'less', right: 5 }] } },
      'Keep where total is less than 5',
    ],
    ['data.set', { fields: ['a', 'b', 'c', 'd'].map((name) => ({ name, value: 1 })) }, 'Set a, b, c +1'],
    ['data.set', { fields: [] }, 'Makes an object with the fields you name.'],
    ['code.run', { code: 'return 1\n// more' }, 'return 1'],
    ['flow.log', { message: { literal: expr('x') } }, '{"expr":"x"}'],
    ['flow.log', { message: 'x'.repeat(200) }, `${'x'.repeat(79)}…`],
    ['trigger.manual', {}, 'When someone presses Run'],
  ])('%s %j', (type, params, expected) => expect(line(type, params)).toBe(expected))

  test('in the words of another language', () => {
    const info = { ...findInfo('flow.if', 1)!, line: 'Se {conditions}' }
    const rules: JsonObject[] = [
      { left: 1, op: 'greater', right: 2 },
      { left: 3, right: 4 },
    ]
    const words = {
      and: 'e',
      or: 'ou',
      more: (count: number) => `mais ${count}`,
      option: (choice: string) => ({ greater: 'é maior que', equals: 'é igual a' })[choice],
    }
    expect(cardLine({ params: { conditions: { rules } } }, info, words)).toBe(
      'Se 1 é maior que 2 e 3 é igual a 4',
    )
  })
})

import { describe, expect, test } from 'vitest'
import type { Json } from '#nodes/kit/json.ts'
import type { RunEvent } from '#server/engine/history.ts'
import { compare } from './compare.ts'
import { emptyTold, mostTold, tell } from './told.ts'
import { diffValues } from './value-diff.ts'

const finished = (step: string, output: Json = null, port = 'out'): RunEvent[] => [
  { type: 'step.started', step, attempt: 1 },
  { type: 'step.finished', step, attempt: 1, port, output },
]
const failed = (step: string, message: string): RunEvent => ({
  ...{ type: 'step.failed', step, attempt: 1, failure: { code: 'x', message, retryable: false } },
})

/** A run whose events come 10 ms after one another. */
function told(...events: (RunEvent | RunEvent[])[]) {
  const run = emptyTold()
  const all: RunEvent[] = [{ type: 'run.started', trigger: 'start', output: 1 }, ...events.flat()]
  for (const [index, event] of all.entries()) tell(run, { seq: index + 1, at: index * 10, event })
  return run
}
const verdicts = (...runs: [ReturnType<typeof told>, ReturnType<typeof told>]) =>
  compare(...runs).steps.map(({ step, verdict }) => `${step} ${verdict}`)

describe('two runs', () => {
  test('are the same where they gave the same, however long it took', () => {
    const left = told(finished('a', { n: 1 }), finished('b'))
    const right = told(finished('b'), finished('a', { n: 1 }))
    expect(verdicts(left, right)).toEqual(['start same', 'a same', 'b same'])
  })

  test('differ by output, way out, failure and end', () => {
    const left = told(finished('a', 1), finished('b'), failed('c', 'No'), failed('d', 'No'), finished('e'))
    const right = told(
      finished('a', 2),
      finished('b', null, 'no'),
      failed('c', 'Never'),
      finished('d'),
      finished('e'),
    )
    expect(verdicts(left, right)).toEqual([
      ...['start same', 'a changed', 'b changed', 'c changed', 'd changed', 'e same'],
    ])
  })

  test('a step that failed gave nothing', () => {
    const { steps } = compare(told(failed('a', 'No')), told(finished('a', 1)))
    expect(steps[1]?.differences).toEqual([{ path: [], right: { text: '1', cut: false } }])
    expect(compare(told(failed('a', 'No')), told(failed('a', 'No'))).steps[1]?.verdict).toBe('same')
  })

  test('list what only one of them did, where it came', () => {
    const left = told(finished('a'), finished('gone'), finished('z'))
    const right = told(finished('first'), finished('a'), finished('new'), finished('newer'), finished('z'))
    expect(verdicts(left, right)).toEqual([
      ...['start same', 'first only_right', 'a same', 'new only_right', 'newer only_right'],
      ...['gone only_left', 'z same'],
    ])
  })

  test('say how long each step took, what it cost and how often it was tried', () => {
    const usage = {
      ...{
        model: 'm',
        inputTokens: 1,
        outputTokens: 1,
        cacheReadTokens: 0,
        cacheWriteTokens: 0,
        costUsd: 0.5,
      },
    }
    const left = told(
      { type: 'step.started', step: 'a', attempt: 1 },
      { type: 'substep.finished', step: 'a', attempt: 1, name: 'model[0]', output: null, usage },
      failed('a', 'No'),
      { type: 'step.started', step: 'a', attempt: 2 },
      { type: 'step.finished', step: 'a', attempt: 2, port: 'out', output: 1 },
    )
    expect(compare(left, told()).steps[1]?.left).toEqual({
      ...{
        status: 'succeeded',
        port: 'out',
        failure: null,
        attempts: 2,
        ms: 40,
        costUsd: 0.5,
        reused: false,
      },
    })
  })

  test('are compared up to a number of steps and of characters, and that is said', () => {
    const many = Array.from({ length: mostTold.steps + 5 }, (_, index) => finished(`s${index}`))
    expect(compare(told(...many), told())).toMatchObject({ more: true })
    expect(compare(told(...many), told()).steps).toHaveLength(mostTold.steps)
    const large = 'x'.repeat(mostTold.chars / 2)
    const heavy = told(finished('a', large), finished('b', large), finished('c'))
    expect(compare(heavy, told(finished('a', large)))).toMatchObject({ more: true })
  })
})

describe('two values', () => {
  const paths = (left: Json, right: Json) =>
    diffValues(left, right, { most: 50 }).differences.map(({ path, ...sides }) => [
      path.join('.'),
      ...Object.keys(sides),
    ])

  test.each<[string, Json, Json, string[][]]>([
    ['the same', { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
    ['a field', { a: { b: 1, c: 2 } }, { a: { b: 2, c: 2 } }, [['a.b', 'left', 'right']]],
    [
      'a field more and one less',
      { a: 1 },
      { b: 1 },
      [
        ['a', 'left'],
        ['b', 'right'],
      ],
    ],
    [
      'an element',
      { list: [1, 2, 3] },
      { list: [1, 5] },
      [
        ['list.1', 'left', 'right'],
        ['list.2', 'left'],
      ],
    ],
    ['another kind of value', { a: [1] }, { a: { 0: 1 } }, [['a', 'left', 'right']]],
    ['null and nothing', { a: null }, {}, [['a', 'left']]],
    ['the whole', 'x', null, [['', 'left', 'right']]],
  ])('%s', (_, left, right, expected) => {
    expect(paths(left, right)).toEqual(expected)
  })

  test('an own field called like one of all objects', () => {
    const proto: Json = JSON.parse('{"__proto__": 1, "constructor": 2}')
    expect(paths(proto, {})).toEqual([
      ['__proto__', 'left'],
      ['constructor', 'left'],
    ])
  })

  test('long values are cut, between characters, and many differences are not all told', () => {
    const [one] = diffValues(`${'x'.repeat(998)}😀😀`, null, { most: 1 }).differences
    expect(one?.left?.cut).toBe(true)
    expect(one?.left?.text).not.toMatch(/[\ud800-\udfff]/u)
    const [left, right] = [0, 1].map((n) => Array.from({ length: 100 }, () => n))
    expect(diffValues(left ?? [], right ?? [], { most: 7 })).toMatchObject({
      ...{ differences: { length: 7 }, more: true },
    })
  })
})

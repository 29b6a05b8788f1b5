// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are text here
import { describe, expect, test } from 'vitest'
import { references, renameStep } from './references.ts'

describe('references', () => {
  test.each([
    ['steps.a.body + steps["b"].c', ['a', 'b'], ['steps']],
    ['trigger.steps.a', [], ['trigger']],
    ['input.map((steps) => steps.a)', [], ['input']],
    ['`${steps.a.x} ${now}`', ['a'], ['steps', 'now']],
    ['{ steps: item, ...steps.a, [index]: vars.x }', ['a'], ['item', 'steps', 'index', 'vars']],
    ['steps.a?.b ?? steps.a', ['a'], ['steps']],
    ['"steps.a"', [], []],
    ['steps.a +', [], []],
  ])('%s', (source, steps, roots) => {
    expect(references(source)).toEqual({ steps, items: [], roots })
  })
})

describe('renaming a step', () => {
  test.each([
    ['steps.a.a + steps . a [0] /* steps.a */', 'steps.b.a + steps . b [0] /* steps.a */'],
    ['steps["a"].x', 'steps["b"].x'],
    ["steps?.['a']", 'steps?.["b"]'],
    ['"steps.a"', '"steps.a"'],
    ['steps.ab', 'steps.ab'],
    ['input.map((steps) => steps.a) + steps.a', 'input.map((steps) => steps.a) + steps.b'],
    ['`${ steps.a.x }`', '`${ steps.b.x }`'],
    ['steps.a +', 'steps.a +'],
  ])('%s', (source, renamed) => {
    expect(renameStep(source, 'a', 'b')).toBe(renamed)
  })
})

test('knows whose element is read', () =>
  expect(references('steps.a.item.id + steps.b.rows').items).toEqual(['a']))

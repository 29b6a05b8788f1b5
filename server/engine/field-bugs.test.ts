import { expect, test } from 'vitest'
import { closed, done, draw, next, opened, waiting } from './test-graphs.ts'

// Bugs that other engines shipped, as tests of ours.

test('sim#2944 a branch that leads nowhere inside a loop lets the loop go on', () => {
  const plan = draw(['start -> each', 'if:yes -> a', 'each -> after'], { frames: { each: ['if', 'a'] } })
  expect(next(plan, opened('each', 2), done('each[0].if', 'no'))).toEqual(['close each[0]'])
  expect(next(plan, opened('each', 2), closed('each', 0))).toEqual(['each[1].if'])
})

test('sim#2590 a loop straight after a loop', () => {
  const plan = draw(['start -> one', 'one -> two'], { frames: { one: ['x'], two: ['y'] } })
  expect(next(plan, done('one'))).toEqual(['open two'])
  expect(next(plan, done('one'), opened('two', 1))).toEqual(['two[0].y'])
})

test('sim#3148 a loop on a path not taken never starts', () => {
  const plan = draw(['start -> if', 'if:yes -> each', 'if:no -> join', 'each -> join'], {
    frames: { each: ['x'] },
  })
  expect(next(plan, done('if', 'no'))).toEqual(['join'])
})

test('sim#5152 resuming a wait does not take its error path', () => {
  const plan = draw(['start -> ask', 'ask -> ok', 'ask:error -> bad'])
  expect(next(plan, waiting('ask'))).toEqual([])
  expect(next(plan, waiting('ask'), done('ask'))).toEqual(['ok'])
})

test('sim#3094 a branch inside a parallel loop', () => {
  const plan = draw(['start -> each', 'if:yes -> a', 'if:no -> b'], { frames: { each: ['if', 'a', 'b'] } })
  const both = [...done('each[0].if', 'yes'), ...done('each[1].if', 'no')]
  expect(next(plan, opened('each', 2, 2), both)).toEqual(['each[0].a', 'each[1].b'])
})

test('n8n#8281 a node on a branch not taken does not run to feed a merge', () => {
  const plan = draw(['start -> if', 'if:yes -> yes', 'if:no -> no', 'yes -> merge', 'no -> merge'])
  expect(next(plan, done('if', 'yes'))).toEqual(['yes'])
  expect(next(plan, done('if', 'yes'), done('yes'))).toEqual(['merge'])
})

import { expect, test } from 'vitest'
import { costOf, priceOf } from './prices.ts'

const usage = { inputTokens: 1_000_000, outputTokens: 100_000, cacheReadTokens: 0, cacheWriteTokens: 0 }

test.each([
  ['claude-sonnet-5-5', 2],
  ['anthropic/claude-sonnet-5.5', 2],
  ['claude-haiku-4-5-20251001', 1],
  ['gpt-5-mini-2025-08-07', 0.25],
  ['openai/gpt-4o', 2.5],
  ['models/gemini-2.5-flash', 0.3],
])('knows %s', (model, input) => expect(priceOf(model)?.input).toBe(input))

test.each(['llama3.3', 'gpt-99', '__proto__', 'constructor', ''])('does not know %j', (model) => {
  expect(priceOf(model)).toBeNull()
  expect(costOf({ model, ...usage }, null)).toBeNull()
})

test('a long prompt makes all of it dearer', () => {
  expect(costOf({ model: 'claude-haiku-5-5', ...usage, inputTokens: 100_000 }, null)).toBeCloseTo(0.06, 10)
  expect(costOf({ model: 'claude-haiku-5-5', ...usage }, null)).toBeCloseTo(0.75, 10)
})

test('a connection’s own price goes before the table', () => {
  expect(costOf({ model: 'gpt-5', ...usage }, { input: 1, output: 0 })).toBe(1)
  expect(costOf({ model: 'llama3.3', ...usage }, { input: 0, output: 0 })).toBe(0)
})

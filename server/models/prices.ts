import type { Usage } from '#nodes/kit/model.ts'

/** US dollars for a million tokens. */
export interface Price {
  input: number
  output: number
  cacheRead?: number
  cacheWrite?: number
  /** Dearer as a whole when the input is longer than this. */
  long?: { above: number; input: number; output: number }
}

const claude = (input: number, output: number, cacheRead = input / 10): Price => ({
  ...{ input, output, cacheRead, cacheWrite: input * 1.25 },
})
const plain = (input: number, output: number, cacheRead: number): Price => ({ input, output, cacheRead })
/** Twice the input and one and a half times the output above 272,000 tokens. */
const gpt = (input: number, output: number, cacheRead: number, cacheWrite = input): Price => ({
  ...{ input, output, cacheRead, cacheWrite, long: { above: 272_000, input: 2, output: 1.5 } },
})

/** As of 2026-11-21. A price that sources disagree about is not here: better none than a wrong one. */
const prices: Readonly<Record<string, Price>> = {
  'claude-fable-5-1': claude(10, 50, 0.25),
  'claude-mythos-5-1': claude(10, 50, 0.25),
  'claude-fable-5': claude(10, 50),
  'claude-mythos-5': claude(10, 50),
  'claude-opus-5-5': claude(4, 20, 0.2),
  'claude-opus-5': claude(5, 25),
  'claude-opus-4-8': claude(5, 25),
  'claude-opus-4-7': claude(5, 25),
  'claude-opus-4-6': claude(5, 25),
  'claude-opus-4-5': claude(5, 25),
  'claude-sonnet-5-5': claude(2, 10, 0.1),
  'claude-sonnet-5': claude(2, 10),
  'claude-sonnet-4-6': claude(3, 15),
  'claude-sonnet-4-5': claude(3, 15),
  'claude-haiku-5-5': { ...claude(0.1, 0.5), long: { above: 100_000, input: 5, output: 5 } },
  'claude-haiku-4-5': claude(1, 5),
  'gpt-6-astra': gpt(10, 50, 1, 12.5),
  'gpt-6.1-sol': gpt(2, 10, 0.1, 2.5),
  'gpt-6.1-terra': gpt(1, 5, 0.05, 1.25),
  'gpt-6-sol': gpt(2, 10, 0.2, 2.5),
  'gpt-6-luna': gpt(0.1, 0.5, 0.01, 0.125),
  'gpt-5.6-terra': gpt(2, 12, 0.2, 2.5),
  'gpt-5.6-luna': gpt(0.2, 1.2, 0.02, 0.25),
  'gpt-5.5': gpt(5, 30, 0.5),
  'gpt-5.4': gpt(2.5, 15, 0.25),
  'gpt-5.4-mini': plain(0.75, 4.5, 0.075),
  'gpt-5.4-nano': plain(0.2, 1.25, 0.02),
  'gpt-5.2': plain(1.75, 14, 0.175),
  'gpt-5.1': plain(1.25, 10, 0.125),
  'gpt-5': plain(1.25, 10, 0.125),
  'gpt-5-mini': plain(0.25, 2, 0.025),
  'gpt-5-nano': plain(0.05, 0.4, 0.005),
  'gpt-4.1': plain(2, 8, 0.5),
  'gpt-4.1-mini': plain(0.4, 1.6, 0.1),
  'gpt-4.1-nano': plain(0.1, 0.4, 0.025),
  'gpt-4o': plain(2.5, 10, 1.25),
  'gpt-4o-mini': plain(0.15, 0.6, 0.075),
  'gemini-3.1-pro-preview': { ...plain(2, 12, 0.2), long: { above: 200_000, input: 2, output: 1.5 } },
  'gemini-3.5-flash': plain(1.5, 9, 0.15),
  'gemini-3.5-flash-lite': plain(0.3, 2.5, 0.03),
  // Sold at half of this until the end of 2026: the budget is to hold after that too.
  'gemini-3.6-flash': plain(1.5, 7.5, 0.15),
  'gemini-3.7-flash': plain(1.5, 7.5, 0.15),
  'gemini-3.8-flash': plain(1.5, 7.5, 0.15),
  'gemini-2.5-pro': { ...plain(1.25, 10, 0.125), long: { above: 200_000, input: 2, output: 1.5 } },
  'gemini-2.5-flash': plain(0.3, 2.5, 0.03),
  'gemini-2.5-flash-lite': plain(0.1, 0.4, 0.01),
  'grok-4.6': plain(2, 6, 0.5),
  'grok-4.5': plain(2, 6, 0.5),
}

/** The price of a model by any of the names it goes by: `anthropic/claude-…`, `models/gemini-…`, `gpt-…-2026-01-01`. */
export function priceOf(model: string): Price | null {
  const bare = model.slice(model.lastIndexOf('/') + 1).toLowerCase()
  const undated = bare.replace(/-(\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '')
  for (const name of [bare, undated, undated.replace(/(\d)\.(\d)/, '$1-$2')])
    if (Object.hasOwn(prices, name)) return prices[name] ?? null
  return null
}

/** What a call cost; null when the price is not known. A connection's own prices go before the table. */
export function costOf(usage: Omit<Usage, 'costUsd'>, own: Price | null): number | null {
  const price = own ?? priceOf(usage.model)
  if (!price) return null
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage
  const isLong = price.long !== undefined && inputTokens > price.long.above
  const factor = isLong && price.long ? price.long : { input: 1, output: 1 }
  const fresh = Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens)
  const read =
    fresh * price.input +
    cacheReadTokens * (price.cacheRead ?? price.input) +
    cacheWriteTokens * (price.cacheWrite ?? price.input)
  return (read * factor.input + outputTokens * price.output * factor.output) / 1_000_000
}

import { fail, type Usage } from '../kit/index.ts'

/** What an agent may use up in one step. */
export interface Limits {
  /** Calls of a model. */
  steps: number
  tokens: number
  costUsd?: number | undefined
}

/** What it has used up. `costUsd` is null once a price is not known. */
export interface Spent {
  steps: number
  inputTokens: number
  outputTokens: number
  costUsd: number | null
}

export const nothingSpent: Spent = { steps: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }

export const spentAfter = (before: Spent, usage: Usage): Spent => ({
  steps: before.steps + 1,
  inputTokens: before.inputTokens + usage.inputTokens,
  outputTokens: before.outputTokens + usage.outputTokens,
  costUsd: before.costUsd === null || usage.costUsd === null ? null : before.costUsd + usage.costUsd,
})

/** Throws where another call would go over a limit: the stop is before the call, never in the middle of one. */
export function stopAtLimit(limits: Limits, spent: Spent): void {
  if (spent.steps >= limits.steps)
    throw reached(`${spent.steps} model calls`, 'steps', `${limits.steps} model calls`)
  const tokens = spent.inputTokens + spent.outputTokens
  if (tokens >= limits.tokens) throw reached(`${tokens} tokens`, 'tokens', `${limits.tokens} tokens`)
  if (limits.costUsd === undefined) return
  if (spent.costUsd === null)
    throw fail(
      'price_unknown',
      'The agent has a limit in dollars, and the price of its model is not known. Give the prices in the connection, or limit the tokens instead.',
    )
  if (spent.costUsd >= limits.costUsd)
    throw reached(`$${spent.costUsd.toFixed(4)}`, 'cost', `$${limits.costUsd}`)
}

const reached = (used: string, limit: string, most: string) =>
  fail(
    'budget_reached',
    `The agent used ${used} and may use ${most}. Raise its limit of ${limit}, or give it less to do.`,
  )

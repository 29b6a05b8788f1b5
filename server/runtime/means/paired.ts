import type { ModelMessage } from '#nodes/kit/model.ts'

/**
 * The newest messages that a model can take: they begin with what somebody said, and every tool call has its result
 * right after it. What was cut off from its other half goes with it.
 */
export function paired(messages: readonly ModelMessage[]): ModelMessage[] {
  const whole = messages.filter((message, at) => {
    if (message.role === 'tool') return answers(message, messages[at - 1])
    if (message.role !== 'assistant' || message.calls.length === 0) return true
    const next = messages[at + 1]
    return next?.role === 'tool' && answers(next, message)
  })
  const first = whole.findIndex(({ role }) => role === 'user')
  return first === -1 ? [] : whole.slice(first)
}

function answers(
  { results }: Extract<ModelMessage, { role: 'tool' }>,
  before: ModelMessage | undefined,
): boolean {
  if (before?.role !== 'assistant' || before.calls.length !== results.length) return false
  const ids = new Set(results.map(({ id }) => id))
  return before.calls.every(({ id }) => ids.has(id))
}

import { ExpressionError } from '../expression/errors.ts'
import { parse } from '../expression/parse.ts'
import type { Checking } from './checking.ts'

/** What is set for the workflow as a whole. */
export function checkSettings({ document, report }: Checking): void {
  const source = document.settings?.orderingKey?.expr
  if (source === undefined) return
  try {
    parse(source)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    report('ordering_key', { field: 'settings.orderingKey' }, { why: error.message })
  }
}

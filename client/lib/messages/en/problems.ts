import { problemMessages } from '#nodes/graph/checks/problems.ts'
import { expression } from './expression.ts'

/** What can be wrong with a draft. */
export const problems = {
  codes: problemMessages,
  types: {
    string: 'text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'yes or no',
    array: 'a list',
    object: 'an object',
    null: 'nothing',
  },
  or: 'or',
  expression,
} as const

import pg from 'pg'
import { fail, type StepFailure } from '#nodes/kit/failure.ts'
import { asFailure } from '#server/egress/failures.ts'

/** Classes of SQLSTATE that may pass: lost connections, conflicts, a server that is full or starting. */
const passing = /^(08|40|53|57P|55P03)/

const words: Readonly<Record<string, string>> = {
  '28P01': 'The database does not accept the user or the password.',
  '28000': 'The database does not let this user in from here.',
  '3D000': 'There is no such database.',
  '25006': 'This statement changes data, and here data is only read.',
  '57014': 'The statement took too long and was stopped.',
}

/** What the database said, as a step's failure with its SQLSTATE. */
export function asSqlFailure(error: unknown, host: string): StepFailure {
  if (error instanceof pg.DatabaseError && error.code) {
    const { code, message } = error
    const said = words[code] ?? 'The database refused the statement.'
    return fail(`sql_${code}`, `${said} It said: ${message.slice(0, 400)}`, { retryable: passing.test(code) })
  }
  const message = error instanceof Error ? error.message : ''
  if (/does not support SSL/.test(message))
    return fail('tls', `${host} offers no TLS. Choose another setting in the connection.`)
  if (/timeout expired/.test(message))
    return fail('timeout', `${host} did not answer in time`, { retryable: true })
  return asFailure(error, host)
}

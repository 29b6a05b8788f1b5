import type { Fault } from '#nodes/kit/fill-in.ts'
import { AppError } from '#server/errors.ts'

const words: Record<Fault, string> = {
  required: 'Must be filled in',
  not_text: 'Must be text',
  too_long: 'Is too long',
  not_email: 'Must be an e-mail address',
  not_number: 'Must be a number',
  not_option: 'Must be one of the choices',
  not_date: 'Must be a date such as 2027-01-31',
  not_checkbox: 'Must be true or false',
  not_file: 'Must be a file that is sent along',
  unknown_field: 'There is no such field here',
}

const SHOWN = 50

/** Says which fields are wrong; `faults` lets a page say it in the reader's language. */
export function notFilledIn(faults: readonly { name: string; fault: Fault }[]): AppError {
  const shown = faults.slice(0, SHOWN).map(({ name, fault }) => ({ name: name.slice(0, 100), fault }))
  const issues = shown.map(({ name, fault }) => ({ path: `fields.${name}`, message: words[fault] }))
  const [first] = issues
  return new AppError('invalid', first ? `${first.path}: ${first.message}` : 'The form is not filled in', {
    issues,
    faults: shown,
  })
}

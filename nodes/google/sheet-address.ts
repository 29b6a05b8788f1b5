import { fail, z } from '../kit/index.ts'

export const Spreadsheet = z.string().min(1).max(500).meta({
  title: 'Spreadsheet',
  description: 'Its address in the browser, or its ID.',
  placeholder: 'https://docs.google.com/spreadsheets/d/…',
})

export const Sheet = z.string().min(1).max(200).default('Sheet1').meta({
  title: 'Sheet',
  description: 'The name on its tab.',
})

export const Typed = z
  .enum(['raw', 'typed'])
  .default('raw')
  .meta({
    title: 'Values are',
    description:
      'As if typed: dates and numbers are recognised, and what begins with = becomes a formula. Do not use it for texts of strangers.',
    options: { raw: 'Kept as they are', typed: 'As if typed' },
  })

export const inputOption = { raw: 'RAW', typed: 'USER_ENTERED' } as const

/** The ID in an address, or what was given when it is one. */
export function spreadsheetId(written: string): string {
  const text = written.trim()
  const [, inAddress] =
    /^https:\/\/docs\.google\.com\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]+)/.exec(text) ?? []
  const id = inAddress ?? text
  if (!/^[\w-]{10,200}$/.test(id))
    throw fail('invalid_params', 'spreadsheet: This is neither the address nor the ID of a spreadsheet.')
  return id
}

/** `'It''s mine'!A1:B2`: quoted, so that no name can be read as something else. */
export function a1(sheet: string, range = ''): string {
  const quoted = `'${sheet.replaceAll("'", "''")}'`
  return range === '' ? quoted : `${quoted}!${range}`
}

/** `A`, `Z`, `AA`, from 0. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1
  return (rest >= 0 ? columnName(rest) : '') + String.fromCharCode(65 + (index % 26))
}

export const Range = z
  .string()
  .max(50)
  .regex(/^$|^\$?[A-Za-z]{0,3}\$?\d{0,7}(:\$?[A-Za-z]{0,3}\$?\d{0,7})?$/, 'A range such as A1:D20, or A:D')

import type { Json } from '../../../kit/json.ts'
import { isoOf } from '../dates/moment.ts'
import { Trouble } from '../errors.ts'
import { localeOf, numberFormat } from '../locale.ts'
import { type Args, asNumber, type Method, row } from './method.ts'

function number(
  signature: string,
  doc: string,
  example: string,
  run: (self: number, args: Args) => Json,
): Method {
  return row(asNumber, { signature, doc, example, run })
}

/** Half goes away from zero, also where binary fractions would say otherwise: 1.005 → 1.01. */
export function roundTo(value: number, decimals: number): number {
  if (!Number.isInteger(decimals) || decimals < -15 || decimals > 15)
    throw new Trouble('type', 'The number of decimals goes from -15 to 15')
  const [digits = '0', exponent = '0'] = Math.abs(value).toExponential().split('e')
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + decimals}`))
  const [back = '0', power = '0'] = shifted.toExponential().split('e')
  return Math.sign(value) * Number(`${back}e${Number(power) - decimals}`)
}

export const numberMethods: readonly Method[] = [
  number(
    'toFixed(decimals?: number): string',
    'As text with so many decimals.',
    '(12.5).toFixed(2) → "12.50"',
    (self, args) => {
      const decimals = args.number(0, 0)
      if (!(decimals >= 0 && decimals <= 100)) throw new Trouble('type', 'toFixed() takes 0 to 100 decimals')
      return self.toFixed(decimals)
    },
  ),
  number(
    'round(decimals?: number): number',
    'Rounded, to whole or to so many decimals.',
    '(12.345).round(2) → 12.35',
    (self, args) => roundTo(self, args.number(0, 0)),
  ),
  number('floor(): number', 'Rounded down.', '(1.9).floor() → 1', (self) => Math.floor(self)),
  number('ceil(): number', 'Rounded up.', '(1.1).ceil() → 2', (self) => Math.ceil(self)),
  number('abs(): number', 'Without its sign.', '(-3).abs() → 3', (self) => Math.abs(self)),
  number('toInt(): number', 'Without its decimals.', '(3.9).toInt() → 3', (self) => Math.trunc(self)),
  number('isEven(): boolean', 'Whether it is even.', '(4).isEven() → true', (self) => self % 2 === 0),
  number('isOdd(): boolean', 'Whether it is odd.', '(4).isOdd() → false', (self) => Math.abs(self % 2) === 1),
  number(
    'clamp(min: number, max: number): number',
    'The nearest number within bounds.',
    '(12).clamp(0, 10) → 10',
    (self, args) => Math.min(Math.max(self, args.number(0)), args.number(1)),
  ),
  number(
    'toLocaleString(locale?: string, options?: object): string',
    'As people write it in a language.',
    `(1234.5).toLocaleString('de') → "1.234,5"`,
    (self, args) => numberFormat(localeOf(args, 0), args.has(1) ? args.object(1) : {}).format(self),
  ),
  number(
    'formatMoney(currency: string, locale?: string): string',
    'As an amount of money.',
    `(9.5).formatMoney('USD') → "$9.50"`,
    (self, args) =>
      numberFormat(localeOf(args, 1), { style: 'currency', currency: args.text(0) }).format(self),
  ),
  number(
    'toDateTime(): date',
    'The moment so many milliseconds after 1970, as ISO text.',
    '(0).toDateTime() → "1970-01-01T00:00:00.000Z"',
    (self) => isoOf(self),
  ),
  number('toNumber(): number', 'The number itself.', '(5).toNumber() → 5', (self) => self),
  number('toBoolean(): boolean', 'False for 0, else true.', '(0).toBoolean() → false', (self) => self !== 0),
]

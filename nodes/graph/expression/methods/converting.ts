import type { Json } from '../../../kit/json.ts'
import type { Budget } from '../budget.ts'
import { Trouble } from '../errors.ts'
import { Pattern } from '../pattern.ts'
import { wellFormed } from '../value.ts'
import { type Args, asText, type Method, row } from './method.ts'

function text(
  signature: string,
  doc: string,
  example: string,
  run: (self: string, args: Args) => Json,
): Method {
  return row(asText, { signature, doc, example, run })
}

/** The number a text is, or null: also with spaces around it. */
export function numberFrom(value: Json): number | null {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export function leadingNumber(value: string): number | null {
  const number = Number.parseFloat(value)
  return Number.isFinite(number) ? number : null
}

export function encodeUrl(value: string, budget: Budget): string {
  budget.text(value.length * 9)
  return encodeURIComponent(wellFormed(value))
}

export function decodeUrl(value: string, budget: Budget): string {
  budget.text(value.length)
  try {
    return decodeURIComponent(value)
  } catch {
    throw new Trouble('type', 'This text is not well encoded: a % is not followed by a valid code')
  }
}

function toBase64(value: string, budget: Budget): string {
  budget.text(value.length * 4)
  const bytes = new TextEncoder().encode(value)
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

function fromBase64(value: string, budget: Budget): string {
  budget.text(value.length * 2)
  try {
    const binary = atob(value.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(binary, (sign) => sign.charCodeAt(0)),
    )
  } catch {
    throw new Trouble('type', 'This is not Base64 text')
  }
}

const email = new Pattern("[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+", '')
const url = new Pattern('https?://[^\\s<>"\']+', 'i')
const tag = new Pattern('<[^<>]*>', 'g')
const markdown = new Pattern('\\*\\*|__|~~|`+|^\\s{0,3}(?:#{1,6}|>)\\s+|^\\s*[-*+]\\s+', 'gm')
const link = new Pattern('!?\\[([^\\]]*)\\]\\([^)]*\\)', 'g')

function found(pattern: Pattern, self: string, budget: Budget): string | null {
  return pattern.first(self, budget)?.groups[0] ?? null
}

function without(pattern: Pattern, self: string, budget: Budget): string {
  const pieces: string[] = []
  let from = 0
  budget.text(self.length)
  for (const match of pattern.each(self, budget)) {
    pieces.push(self.slice(from, match.start), match.groups[1] ?? '')
    from = match.end
  }
  return pieces.join('') + self.slice(from)
}

function hostOf(self: string): string | null {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(self)
    ? self
    : self.includes('@')
      ? `x://${self.split('@').at(-1)}`
      : `x://${self}`
  const host = written.split('://')[1]?.split(/[/?#]/)[0]?.split('@').at(-1)?.split(':')[0] ?? ''
  return host.includes('.') ? host.toLowerCase() : null
}

const htmlSigns: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function wordsOf(self: string, budget: Budget): string[] {
  budget.text(self.length * 2)
  const apart = self.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
  return apart.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}

/** From text to other kinds, and what is often taken out of text. */
export const convertingMethods: readonly Method[] = [
  text(
    'toNumber(): number',
    'The number it is; an error when it is none.',
    `'12.5'.toNumber() → 12.5`,
    (self) => {
      const number = numberFrom(self)
      if (number === null) throw new Trouble('type', `“${self.slice(0, 40)}” is not a number`)
      return number
    },
  ),
  text('toInt(): number', 'The whole number it begins with.', `'12.9kg'.toInt() → 12`, (self) => {
    const number = leadingNumber(self)
    if (number === null) throw new Trouble('type', `“${self.slice(0, 40)}” does not begin with a number`)
    return Math.trunc(number)
  }),
  text(
    'toBoolean(): boolean',
    'False for false, no, 0 and empty text; else true.',
    `'no'.toBoolean() → false`,
    (self) => !['', 'false', 'no', '0', 'off'].includes(self.trim().toLowerCase()),
  ),
  text(
    'isNumeric(): boolean',
    'Whether it is a number.',
    `'12.5'.isNumeric() → true`,
    (self) => numberFrom(self) !== null,
  ),
  text(
    'isEmail(): boolean',
    'Whether it is an email address.',
    `'ana@example.com'.isEmail() → true`,
    (self, args) => found(email, self, args.budget) === self,
  ),
  text(
    'isUrl(): boolean',
    'Whether it is a web address.',
    `'https://example.com'.isUrl() → true`,
    (self, args) => found(url, self, args.budget) === self,
  ),
  text(
    'extractEmail(): string | null',
    'The first email address in it, or null.',
    `'Ana <ana@example.com>'.extractEmail() → "ana@example.com"`,
    (self, args) => found(email, self, args.budget),
  ),
  text(
    'extractUrl(): string | null',
    'The first web address in it, or null.',
    `'see https://example.com/a now'.extractUrl() → "https://example.com/a"`,
    (self, args) => found(url, self, args.budget),
  ),
  text(
    'extractDomain(): string | null',
    'The host of a web or email address.',
    `'https://shop.example.com/a'.extractDomain() → "shop.example.com"`,
    (self, args) => {
      args.budget.text(self.length)
      return hostOf(self)
    },
  ),
  text('removeTags(): string', 'Without HTML tags.', `'<b>Hi</b>'.removeTags() → "Hi"`, (self, args) =>
    without(tag, self, args.budget),
  ),
  text(
    'removeMarkdown(): string',
    'Without Markdown signs.',
    `'**Hi** [you](x)'.removeMarkdown() → "Hi you"`,
    (self, args) => without(markdown, without(link, self, args.budget), args.budget),
  ),
  text(
    'base64Encode(): string',
    'As Base64 of its UTF-8.',
    `'olá'.base64Encode() → "b2zDoQ=="`,
    (self, args) => toBase64(self, args.budget),
  ),
  text(
    'base64Decode(): string',
    'The text that Base64 stands for.',
    `'b2zDoQ=='.base64Decode() → "olá"`,
    (self, args) => fromBase64(self, args.budget),
  ),
  text(
    'urlEncode(): string',
    'Fit to be part of an address.',
    `'a b&c'.urlEncode() → "a%20b%26c"`,
    (self, args) => encodeUrl(self, args.budget),
  ),
  text('urlDecode(): string', 'With % codes read.', `'a%20b'.urlDecode() → "a b"`, (self, args) =>
    decodeUrl(self, args.budget),
  ),
  text(
    'toTitleCase(): string',
    'Each word with a capital.',
    `'ana souza'.toTitleCase() → "Ana Souza"`,
    (self, args) => {
      args.budget.text(self.length)
      return self
        .toLowerCase()
        .replace(/(^|[\s-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
    },
  ),
  text(
    'capitalize(): string',
    'Its first letter as a capital.',
    `'ana'.capitalize() → "Ana"`,
    (self, args) => {
      args.budget.text(self.length)
      return self.slice(0, 1).toUpperCase() + self.slice(1)
    },
  ),
  text(
    'escapeHtml(): string',
    'Fit to be put into HTML.',
    `'<b> & "c"'.escapeHtml() → "&lt;b&gt; &amp; &quot;c&quot;"`,
    (self, args) => {
      args.budget.text(self.length * 6)
      return self.replace(/[&<>"']/g, (sign) => htmlSigns[sign] ?? sign)
    },
  ),
  text(
    'toSnakeCase(): string',
    'Lower-case words joined by _.',
    `'Order Total'.toSnakeCase() → "order_total"`,
    (self, args) => wordsOf(self, args.budget).join('_').toLowerCase(),
  ),
  text(
    'toCamelCase(): string',
    'Words joined by capitals.',
    `'order total'.toCamelCase() → "orderTotal"`,
    (self, args) =>
      wordsOf(self, args.budget)
        .map((word, at) =>
          at === 0 ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
        )
        .join(''),
  ),
  text(
    'slug(): string',
    'Lower-case letters, digits and hyphens.',
    `'Olá, Mundo!'.slug() → "ola-mundo"`,
    (self, args) => {
      args.budget.text(self.length * 4)
      const plain = self.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      return plain
        .split(/[^a-z0-9]+/)
        .filter(Boolean)
        .join('-')
    },
  ),
  text(
    'truncate(length: number, end?: string): string',
    'Cut to a length, with … when something was cut.',
    `'workflow'.truncate(4) → "work…"`,
    (self, args) => {
      const length = Math.max(0, args.number(0))
      return self.length <= length ? self : self.slice(0, length) + args.text(1, '…')
    },
  ),
]

import type { Json } from '../../../kit/json.ts'
import { Trouble } from '../errors.ts'
import { parseJson } from '../json-text.ts'
import { Pattern } from '../pattern.ts'
import { match, matchAll, replace, split } from './matching.ts'
import { type Args, asText, type Method, row } from './method.ts'

function text(
  signature: string,
  doc: string,
  example: string,
  run: (self: string, args: Args) => Json,
): Method {
  return row(asText, { signature, doc, example, run })
}

function padding(self: string, args: Args): string {
  const length = args.number(0)
  const filler = args.text(1, ' ')
  const missing = Math.floor(length) - self.length
  if (missing <= 0 || filler === '') return ''
  args.budget.text(missing)
  return filler.repeat(Math.ceil(missing / filler.length)).slice(0, missing)
}

function positions(self: string, args: Args): [number, number | undefined] {
  args.budget.text(self.length)
  return [args.number(0, 0), args.has(1) ? args.number(1) : undefined]
}

function wanted(self: string, args: Args): string {
  const search = args.text(0)
  args.budget.search(self, search)
  return search
}

/** What works on any text. Methods that read text as a date are in dates.ts. */
export const stringMethods: readonly Method[] = [
  text('toLowerCase(): string', 'In lower case.', `'Ana'.toLowerCase() → "ana"`, (self) =>
    self.toLowerCase(),
  ),
  text('toUpperCase(): string', 'In upper case.', `'Ana'.toUpperCase() → "ANA"`, (self) =>
    self.toUpperCase(),
  ),
  text('trim(): string', 'Without the spaces at both ends.', `' a '.trim() → "a"`, (self) => self.trim()),
  text('trimStart(): string', 'Without the spaces at the start.', `' a '.trimStart() → "a "`, (self) =>
    self.trimStart(),
  ),
  text('trimEnd(): string', 'Without the spaces at the end.', `' a '.trimEnd() → " a"`, (self) =>
    self.trimEnd(),
  ),
  text(
    'slice(start?: number, end?: number): string',
    'The part from one position up to another; negative counts from the end.',
    `'workflow'.slice(0, 4) → "work"`,
    (self, args) => self.slice(...positions(self, args)),
  ),
  text(
    'substring(start: number, end?: number): string',
    'The part between two positions.',
    `'workflow'.substring(4) → "flow"`,
    (self, args) => self.substring(...positions(self, args)),
  ),
  text(
    'substr(start: number, length?: number): string',
    'So many characters from a position.',
    `'workflow'.substr(4, 2) → "fl"`,
    (self, args) => {
      const [start, length] = positions(self, args)
      const from = start < 0 ? Math.max(0, self.length + start) : start
      return self.slice(from, length === undefined ? undefined : from + Math.max(0, length))
    },
  ),
  text('charAt(at: number): string', 'The character at a position.', `'abc'.charAt(1) → "b"`, (self, args) =>
    self.charAt(args.number(0, 0)),
  ),
  text(
    'at(at: number): string | null',
    'The character at a position; negative counts from the end.',
    `'abc'.at(-1) → "c"`,
    (self, args) => self.at(args.number(0, 0)) ?? null,
  ),
  text(
    'charCodeAt(at?: number): number',
    'The number of a character.',
    `'a'.charCodeAt(0) → 97`,
    (self, args) => {
      const code = self.charCodeAt(args.number(0, 0))
      return Number.isNaN(code) ? null : code
    },
  ),
  text(
    'indexOf(search: string, from?: number): number',
    'Where a text first occurs, or -1.',
    `'banana'.indexOf('an') → 1`,
    (self, args) => self.indexOf(wanted(self, args), args.number(1, 0)),
  ),
  text(
    'lastIndexOf(search: string): number',
    'Where a text last occurs, or -1.',
    `'banana'.lastIndexOf('an') → 3`,
    (self, args) => self.lastIndexOf(wanted(self, args)),
  ),
  text(
    'includes(search: string): boolean',
    'Whether a text occurs in it.',
    `'banana'.includes('nan') → true`,
    (self, args) => self.includes(wanted(self, args), args.number(1, 0)),
  ),
  text(
    'startsWith(search: string): boolean',
    'Whether it begins with a text.',
    `'banana'.startsWith('ba') → true`,
    (self, args) => self.startsWith(args.text(0), args.number(1, 0)),
  ),
  text(
    'endsWith(search: string): boolean',
    'Whether it ends with a text.',
    `'banana'.endsWith('na') → true`,
    (self, args) => self.endsWith(args.text(0)),
  ),
  text(
    'split(separator: string | pattern, limit?: number): string[]',
    'Cuts it into a list.',
    `'a,b,c'.split(',') → ["a","b","c"]`,
    split,
  ),
  text(
    'replace(search: string | pattern, by: string | (found: string, group: string) => string): string',
    'Replaces the first place, or with /…/g every place.',
    `'a-b-c'.replace('-', '+') → "a+b-c"`,
    (self, args) => replace(self, args, false),
  ),
  text(
    'replaceAll(search: string | pattern, by: string | (found: string, group: string) => string): string',
    'Replaces every place.',
    `'a-b-c'.replaceAll('-', '+') → "a+b+c"`,
    (self, args) => replace(self, args, true),
  ),
  text(
    'match(search: pattern): string[] | null',
    'The match and its groups, or with /…/g all matches; null when there is none.',
    `'order 42'.match(/(\\d+)/)[1] → "42"`,
    match,
  ),
  text(
    'matchAll(search: pattern): string[][]',
    'Every match with its groups.',
    `'a1b2'.matchAll(/[a-z](\\d)/g) → [["a1","1"],["b2","2"]]`,
    matchAll,
  ),
  text(
    'search(search: pattern): number',
    'Where a pattern first matches, or -1.',
    `'order 42'.search(/\\d/) → 6`,
    (self, args) => {
      const pattern = args.pattern(0)
      return pattern instanceof Pattern
        ? (pattern.first(self, args.budget)?.start ?? -1)
        : self.indexOf(wanted(self, args))
    },
  ),
  text(
    'padStart(length: number, filler?: string): string',
    'Fills up at the start.',
    `'7'.padStart(3, '0') → "007"`,
    (self, args) => padding(self, args) + self,
  ),
  text(
    'padEnd(length: number, filler?: string): string',
    'Fills up at the end.',
    `'7'.padEnd(3, '.') → "7.."`,
    (self, args) => self + padding(self, args),
  ),
  text(
    'repeat(times: number): string',
    'The text so many times.',
    `'ab'.repeat(3) → "ababab"`,
    (self, args) => {
      const times = Math.floor(args.number(0))
      if (times < 0) throw new Trouble('type', 'repeat() needs a number of 0 or more')
      args.budget.text(self.length * times)
      return self.length === 0 ? '' : self.repeat(times)
    },
  ),
  text(
    'concat(...more: string): string',
    'With other texts after it.',
    `'a'.concat('b', 'c') → "abc"`,
    (self, args) => {
      const more = args.rest(0).map((_, at) => args.text(at))
      args.budget.text(more.reduce((sum, part) => sum + part.length, self.length))
      return self + more.join('')
    },
  ),
  text(
    'localeCompare(other: string): number',
    'Below 0, 0 or above 0: its place in the alphabet.',
    `'a'.localeCompare('b') → -1`,
    (self, args) => {
      args.budget.text(self.length)
      return self.localeCompare(args.text(0))
    },
  ),
  text(
    'normalize(form?: string): string',
    'In one Unicode form; NFC when none is given.',
    `'e\\u0301'.normalize().length → 1`,
    (self, args) => {
      const form = args.text(0, 'NFC')
      if (!['NFC', 'NFD', 'NFKC', 'NFKD'].includes(form))
        throw new Trouble('type', `There is no form “${form}”`)
      args.budget.text(self.length * 4)
      return self.normalize(form)
    },
  ),
  text('parseJson(): any', 'Reads it as JSON.', `'[1,2]'.parseJson() → [1,2]`, (self, args) =>
    parseJson(self, args.budget),
  ),
  text('isEmpty(): boolean', 'Whether it has no characters.', `''.isEmpty() → true`, (self) => self === ''),
  text(
    'isNotEmpty(): boolean',
    'Whether it has any characters.',
    `'a'.isNotEmpty() → true`,
    (self) => self !== '',
  ),
  text('lines(): string[]', 'A list of its lines.', `'a\\nb'.lines() → ["a","b"]`, (self, args) => {
    args.budget.elements(self.length)
    return self.split(/\r?\n/)
  }),
]

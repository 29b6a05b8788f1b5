import type { Json } from '../../../kit/json.ts'
import type { Budget } from '../budget.ts'
import { Trouble } from '../errors.ts'
import { type Match, Pattern } from '../pattern.ts'
import { textOf } from '../value.ts'
import type { Args } from './method.ts'

/** `text.match(/…/)` as in JavaScript: groups of the first match, or all matches with the flag g. */
export function match(self: string, args: Args): Json {
  const pattern = patternAt(args, 0)
  if (!pattern.global) return pattern.first(self, args.budget)?.groups ?? null
  const found: string[] = []
  for (const each of pattern.each(self, args.budget)) found.push(each.groups[0] ?? '')
  return found.length > 0 ? found : null
}

export function matchAll(self: string, args: Args): Json {
  const found: Json[] = []
  for (const each of patternAt(args, 0).each(self, args.budget)) found.push(each.groups)
  return found
}

export function split(self: string, args: Args): Json {
  const limit = args.has(1) ? args.number(1) : undefined
  if (!args.has(0)) return [self]
  const separator = args.pattern(0)
  args.budget.text(self.length)
  if (!(separator instanceof Pattern)) {
    args.budget.search(self, separator)
    args.budget.elements(separator === '' ? self.length : countOf(self, separator) + 1)
    return self.split(separator, limit)
  }
  const parts: string[] = []
  let from = 0
  for (const each of separator.each(self, args.budget)) {
    // An empty match at an end cuts nothing off.
    if (each.end === each.start && (each.start === 0 || each.start >= self.length)) continue
    parts.push(self.slice(from, each.start))
    from = each.end
  }
  parts.push(self.slice(from))
  return limit === undefined ? parts : parts.slice(0, limit)
}

export function countOf(text: string, search: string): number {
  let count = 0
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length)) {
    count += 1
    if (search === '') break
  }
  return count
}

/** `replace` and `replaceAll`: a text is looked for as it is; a pattern's flag g means every place. */
export function replace(self: string, args: Args, everyPlace: boolean): string {
  const search = args.pattern(0)
  const every = search instanceof Pattern ? search.global || everyPlace : everyPlace
  const pieces: string[] = []
  let from = 0
  const matches =
    search instanceof Pattern ? search.each(self, args.budget) : plainMatches(self, search, args.budget)
  for (const found of matches) {
    const by = replacement(found, { self, args, expand: search instanceof Pattern })
    args.budget.text(found.start - from + by.length)
    pieces.push(self.slice(from, found.start), by)
    from = found.end
    if (!every) break
  }
  args.budget.text(self.length - from)
  return pieces.join('') + self.slice(from)
}

function* plainMatches(self: string, search: string, budget: Budget): Generator<Match> {
  budget.search(self, search)
  let at = self.indexOf(search)
  while (at >= 0) {
    budget.work(1)
    yield { start: at, end: at + search.length, groups: [search], named: {} }
    const next = at + Math.max(search.length, 1)
    if (next > self.length) return
    at = self.indexOf(search, next)
  }
}

function replacement(found: Match, about: { self: string; args: Args; expand: boolean }): string {
  const { args } = about
  if (args.isCallback(1)) return textOf(args.callback(1).call(...found.groups), args.budget)
  const by = textOf(args.any(1), args.budget)
  return about.expand && by.includes('$') ? expandGroups(by, found, args.budget) : by
}

/** `$1`, `$&` and `$<name>` in a replacement. */
function expandGroups(by: string, found: Match, budget: Budget): string {
  return by.replace(/\$(\$|&|\d{1,2}|<([^>]{0,64})>)/g, (whole, sign: string, name: string | undefined) => {
    if (sign === '$') return '$'
    const group =
      sign === '&'
        ? 0
        : name === undefined
          ? Number(sign)
          : Object.hasOwn(found.named, name)
            ? found.named[name]
            : undefined
    if (group === undefined || group >= found.groups.length) return name === undefined ? whole : ''
    const text = found.groups[group] ?? ''
    budget.text(text.length)
    return text
  })
}

function patternAt(args: Args, at: number): Pattern {
  const pattern = args.pattern(at)
  if (pattern instanceof Pattern) return pattern
  if (pattern.length === 0) throw new Trouble('type', 'There is nothing to look for')
  return new Pattern(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), '')
}

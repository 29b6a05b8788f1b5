import { RE2JS } from 're2js'
import type { Budget } from './budget.ts'
import { Trouble } from './errors.ts'

const MAX_LENGTH = 1_000
const MAX_PROGRAM = 20_000
const MAX_REMEMBERED = 200

export interface Match {
  start: number
  end: number
  /** The whole match, then its groups; null for a group that took no part. */
  groups: (string | null)[]
  named: Record<string, number>
}

/** A regular expression on an engine whose time grows with the text only, never explodes. */
export class Pattern {
  readonly global: boolean
  private readonly compiled: RE2JS

  constructor(pattern: string, flags: string) {
    this.global = flags.includes('g')
    this.compiled = compile(pattern, flags)
  }

  first(text: string, budget: Budget): Match | null {
    for (const match of this.each(text, budget)) return match
    return null
  }

  *each(text: string, budget: Budget): Generator<Match> {
    budget.work(Math.ceil((text.length * (16 + this.compiled.programSize())) / 64) + 1)
    const matcher = this.compiled.matcher(text)
    const named = this.compiled.namedGroups()
    budget.checkClock()
    while (matcher.find()) {
      budget.checkClock()
      const groups: (string | null)[] = []
      for (let at = 0; at <= matcher.groupCount(); at += 1) groups.push(matcher.group(at) ?? null)
      budget.elements(groups.length)
      yield { start: matcher.start(), end: matcher.end(), groups, named }
    }
  }
}

const remembered = new Map<string, RE2JS>()

function compile(pattern: string, flags: string): RE2JS {
  const key = `${flags}/${pattern}`
  const known = remembered.get(key)
  if (known) return known
  const compiled = compileFresh(pattern, flags)
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(key, compiled)
  return compiled
}

function compileFresh(pattern: string, flags: string): RE2JS {
  if (pattern.length > MAX_LENGTH)
    throw new Trouble('regex', `A pattern has at most ${MAX_LENGTH} characters`)
  let bits = 0
  for (const flag of flags) {
    if (flag === 'i') bits |= RE2JS.CASE_INSENSITIVE
    else if (flag === 'm') bits |= RE2JS.MULTILINE
    else if (flag === 's') bits |= RE2JS.DOTALL
    else if (flag !== 'g' && flag !== 'u') throw new Trouble('regex', `The flag “${flag}” cannot be used`)
  }
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), bits)
    if (compiled.programSize() > MAX_PROGRAM) throw new Trouble('regex', 'The pattern is too large')
    return compiled
  } catch (error) {
    if (error instanceof Trouble) throw error
    const why = error instanceof Error ? error.message : 'it is not valid'
    throw new Trouble(
      'regex',
      `This pattern cannot be used (${why}). Look-ahead and back-references do not exist here`,
    )
  }
}

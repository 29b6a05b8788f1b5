import { expression as english } from './messages/en/expression.ts'

export type SentenceKey = keyof typeof english.sentences
export type HintKey = keyof typeof english.hints
export type WordKey = keyof typeof english.words

interface Said<Key> {
  key: Key
  values: Record<string, string>
}

/** A sentence of the expression language, taken apart: what it says, of what, and the advice at its end. */
export interface ExpressionSentence extends Said<SentenceKey> {
  hint: Said<HintKey> | null
}

interface Pattern<Key> {
  key: Key
  regex: RegExp
  names: string[]
  /** How much of it is fixed: of two that fit, the one that says more is meant. */
  fixed: number
}

const keysOf = <Key extends string>(of: Record<Key, string>): Key[] =>
  Object.keys(of).filter((key): key is Key => Object.hasOwn(of, key))

function patternsOf<Key extends string>(of: Record<Key, string>, end: 'whole' | 'tail'): Pattern<Key>[] {
  const patterns = keysOf(of).map((key) => {
    const parts = of[key].split(/\{\w+\}/)
    const fixed = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('(.*?)')
    return {
      key,
      regex: new RegExp(end === 'whole' ? `^${fixed}$` : `${fixed}$`, 's'),
      names: [...of[key].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      fixed: parts.join('').length,
    }
  })
  return patterns.sort((left, right) => right.fixed - left.fixed)
}

const sentences = patternsOf(english.sentences, 'whole')
const hints = patternsOf(english.hints, 'tail')

// What is longer holds somebody's data; nothing of it is worth a long look.
const LONGEST = 2_000

/**
 * Knows what a sentence says by its words: run histories hold it as the sentence it was, so its words are what is stable.
 * Null for one that is not known, such as what a parser says of a syntax.
 */
export function readSentence(message: string): ExpressionSentence | null {
  if (message.length > LONGEST) return null
  const hint = find(hints, message)
  const body = hint && find(sentences, message.slice(0, hint.at))
  if (hint && body) return { ...body.said, hint: hint.said }
  const whole = find(sentences, message)
  return whole && { ...whole.said, hint: null }
}

function find<Key>(patterns: Pattern<Key>[], text: string): { said: Said<Key>; at: number } | null {
  for (const { key, regex, names } of patterns) {
    const found = regex.exec(text)
    if (!found) continue
    const values = names.map((name, at) => [name, found[at + 1] ?? ''])
    return { said: { key, values: Object.fromEntries(values) }, at: found.index }
  }
  return null
}

const words = new Map(keysOf(english.words).map((key) => [String(english.words[key]), key]))

/** The word for a kind of value, such as “a list”. */
export const wordOf = (text: string): WordKey | null => words.get(text) ?? null

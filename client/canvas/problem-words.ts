import { useCallback } from 'react'
import type { Problem } from '#nodes/graph/document.ts'
import { problems as english } from '../lib/messages/en/problems.ts'
import { useT } from '../lib/use-t.ts'
import { readSentence, wordOf } from './expression-sentence.ts'

type Code = keyof typeof english.codes
type TypeName = keyof typeof english.types

const isCode = (code: string): code is Code => Object.hasOwn(english.codes, code)
const isTypeName = (name: string): name is TypeName => Object.hasOwn(english.types, name)

/** Says a problem in the viewer's language; one this client does not know, in the checker's own words. */
export function useProblemWords(): (problem: Problem) => string {
  const t = useT('problems')
  const sentence = useExpressionWords()
  return useCallback(
    (problem) => {
      if (!isCode(problem.code)) return problem.message
      const typeNames = (text: string) =>
        text
          .split('|')
          .map((name) => (isTypeName(name) ? t(`types.${name}`) : name))
          .join(` ${t('or')} `)
      if (problem.code === 'expression_error')
        return sentence(String(problem.values?.reason ?? problem.message))
      const values = Object.entries(problem.values ?? {}).map(([name, value]) => [
        name,
        name === 'expected' || name === 'found' ? typeNames(String(value)) : value,
      ])
      return t.has(`codes.${problem.code}`)
        ? phrase(t.raw(`codes.${problem.code}`), Object.fromEntries(values))
        : problem.message
    },
    [t, sentence],
  )
}

/** Says in the viewer's language what the expression language says of an expression; what is not known, as it is. */
export function useExpressionWords(): (message: string) => string {
  const t = useT('problems')
  return useCallback(
    (message) => {
      const said = readSentence(message)
      if (!said) return message
      const local = ([name, text]: [string, string]): [string, string] => {
        const word = wordNames.has(name) ? wordOf(text) : null
        return [name, word ? t(`expression.words.${word}`) : text]
      }
      const values = (of: Record<string, string>) => Object.fromEntries(Object.entries(of).map(local))
      const text = phrase(t.raw(`expression.sentences.${said.key}`), values(said.values))
      const hint = said.hint && phrase(t.raw(`expression.hints.${said.hint.key}`), values(said.hint.values))
      return text + (hint ?? '')
    },
    [t],
  )
}

/** Of these values the words are the language's own; the others are what somebody wrote. */
const wordNames: ReadonlySet<string> = new Set(['kind', 'expected', 'which'])

/** Fills `{name}`s in. The messages come from one list with the checker, so they use nothing else of ICU. */
function phrase(message: unknown, values: Record<string, string | number>): string {
  return String(message).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

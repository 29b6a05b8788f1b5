import { useCallback } from 'react'
import { readSentence, wordOf } from './expression-sentence.ts'
import { useT } from './use-t.ts'

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
export function phrase(message: unknown, values: Record<string, string | number>): string {
  return String(message).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}

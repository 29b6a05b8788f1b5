import { useCallback } from 'react'
import type { Problem } from '#nodes/graph/document.ts'
import { problems as english } from '../lib/messages/en/problems.ts'
import { phrase, useExpressionWords } from '../lib/use-expression-words.ts'
import { useT } from '../lib/use-t.ts'

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

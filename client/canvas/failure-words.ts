import { useCallback } from 'react'
import type { Failure } from '#nodes/kit/failure.ts'
import { editor } from '../lib/messages/en/editor.ts'
import { useExpressionWords } from '../lib/use-expression-words.ts'
import { useT } from '../lib/use-t.ts'

type Code = keyof typeof editor.failures

const isCode = (code: string): code is Code => Object.hasOwn(editor.failures, code)

/** What to do about a failure, in the viewer's language; null where the failure's own sentence says it. */
export function useFailureAdvice(): (failure: Pick<Failure, 'code'>) => string | null {
  const t = useT('editor')
  return ({ code }) => (isCode(code) ? t(`failures.${code}`) : null)
}

/** What a failure says, where the expression language says it, in the viewer's language: `url: …`. */
export function useFailureText(): (failure: Pick<Failure, 'code' | 'message'>) => string {
  const words = useExpressionWords()
  return useCallback(
    ({ code, message }) => {
      if (!code.startsWith('expression_')) return message
      const [, field = '', sentence = message] = /^([\w.[\]-]+: )?(.*)$/s.exec(message) ?? []
      return field + words(sentence)
    },
    [words],
  )
}

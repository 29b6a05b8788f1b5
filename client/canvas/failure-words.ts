import type { Failure } from '#nodes/kit/failure.ts'
import { editor } from '../lib/messages/en/editor.ts'
import { useT } from '../lib/use-t.ts'

type Code = keyof typeof editor.failures

const isCode = (code: string): code is Code => Object.hasOwn(editor.failures, code)

/** What to do about a failure, in the viewer's language; null where the failure's own sentence says it. */
export function useFailureAdvice(): (failure: Pick<Failure, 'code'>) => string | null {
  const t = useT('editor')
  return ({ code }) => (isCode(code) ? t(`failures.${code}`) : null)
}

import { useCallback } from 'react'
import { isApproval, type SubStep } from '#client/canvas/sub-steps.ts'
import { useT } from '#client/lib/use-t.ts'

/** What a sub-step is called in a list. */
export function useSubStepTitle(): (sub: SubStep) => string {
  const t = useT('agents')
  return useCallback(
    (sub) => {
      switch (sub.kind) {
        case 'model':
          return sub.usage?.model ?? sub.title
        case 'ask':
          return isApproval(sub) ? t('steps.approval', { tool: sub.title }) : t('steps.ask')
        case 'tool':
        case 'call':
        case 'other':
          return sub.title
        default:
          return sub.kind satisfies never
      }
    },
    [t],
  )
}

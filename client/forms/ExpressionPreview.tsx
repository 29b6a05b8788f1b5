import { useMemo } from 'react'
import { useExpressionWords } from '#client/lib/use-expression-words.ts'
import { useT } from '#client/lib/use-t.ts'
import { preview } from './preview.ts'
import { previewText } from './preview-text.ts'
import type { FieldScope } from './scope.ts'
import { useDebounced } from './use-debounced.ts'

const PAUSE_MS = 250

/** What an expression gives, under it, with the data of the last run. */
export function ExpressionPreview({ source, scope }: { source: string; scope: FieldScope }) {
  const t = useT('forms')
  const words = useExpressionWords()
  const settled = useDebounced(source, PAUSE_MS)
  const result = useMemo(() => preview(settled, scope), [settled, scope])
  switch (result.kind) {
    case 'empty':
      return null
    case 'no-data':
      return <p className="text-faint text-xs">{t('preview.noData')}</p>
    case 'problem':
      return <p className="text-warn text-xs">{words(result.message)}</p>
    case 'value':
      return (
        <p className="flex min-w-0 items-baseline gap-1.5 text-xs">
          <span className="shrink-0 text-faint">{t('preview.gives')}</span>
          <output className="min-w-0 truncate font-mono text-muted" title={previewText(result.value, 600)}>
            {previewText(result.value, 120)}
          </output>
        </p>
      )
    default:
      return result satisfies never
  }
}

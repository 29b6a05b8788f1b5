import { RevokeKey } from './RevokeKey.tsx'
import type { ApiKeyRow } from './row.ts'
import { KeyState } from './use-columns.tsx'
import { useScopeWords } from './use-scope-words.ts'

export function ApiKeyPhoneRow({ row }: { row: ApiKeyRow }) {
  const scopeWords = useScopeWords()
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{row.name}</span>
          <KeyState row={row} />
        </p>
        <p className="truncate text-muted text-sm">{scopeWords(row.scopes)}</p>
      </div>
      <RevokeKey row={row} />
    </div>
  )
}

import { useMemo } from 'react'
import { useT } from '#client/lib/use-t.ts'
import type { Column } from '#client/ui/ListTable.tsx'
import { Tag } from '#client/ui/Tag.tsx'
import { TimeAgo } from '#client/ui/TimeAgo.tsx'
import { RevokeKey } from './RevokeKey.tsx'
import type { ApiKeyRow } from './row.ts'
import { useScopeWords } from './use-scope-words.ts'

export function useApiKeyColumns() {
  const t = useT('pages')
  const scopeWords = useScopeWords()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `scopeWords` follows `t`
  return useMemo<Column<ApiKeyRow>[]>(
    () => [
      {
        id: 'name',
        header: t('apiKeys.columns.name'),
        width: 'minmax(10rem, 1fr)',
        skeleton: '50%',
        cell: (row) => (
          <>
            <span className="truncate font-medium">{row.name}</span>
            <KeyState row={row} />
          </>
        ),
      },
      {
        id: 'key',
        header: t('apiKeys.columns.key'),
        width: '9.5rem',
        cell: (row) => <code className="truncate font-mono text-muted text-sm">{`${row.prefix}…`}</code>,
      },
      {
        id: 'scopes',
        header: t('apiKeys.columns.scopes'),
        width: 'minmax(10rem, 1.4fr)',
        cell: (row) => (
          <span className="truncate text-muted text-sm" title={scopeWords(row.scopes)}>
            {scopeWords(row.scopes)}
          </span>
        ),
      },
      {
        id: 'lastUsed',
        header: t('apiKeys.columns.lastUsed'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <Moment at={row.lastUsedAt} />,
      },
      {
        id: 'expires',
        header: t('apiKeys.columns.expires'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <Moment at={row.expiresAt} />,
      },
      {
        id: 'created',
        header: t('apiKeys.columns.created'),
        width: '7.5rem',
        align: 'end',
        cell: (row) => <Moment at={row.createdAt} />,
      },
      {
        id: 'actions',
        header: t('apiKeys.columns.actions'),
        hideHeader: true,
        width: '2.75rem',
        align: 'end',
        skeleton: '',
        cell: (row) => <RevokeKey row={row} />,
      },
    ],
    [t],
  )
}

function Moment({ at }: { at: string | null }) {
  const t = useT('pages')
  return at ? (
    <TimeAgo at={at} className="truncate text-muted" />
  ) : (
    <span className="text-faint">{t('apiKeys.never')}</span>
  )
}

/** Why a key no longer works, if so. */
export function KeyState({ row }: { row: ApiKeyRow }) {
  const t = useT('pages')
  if (row.revokedAt) return <Tag>{t('apiKeys.revoked')}</Tag>
  if (row.expiresAt && Date.parse(row.expiresAt) <= Date.now())
    return <Tag tone="warn">{t('apiKeys.expired')}</Tag>
  return null
}

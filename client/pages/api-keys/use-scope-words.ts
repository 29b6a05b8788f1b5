import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { isOffered } from './row.ts'

/** Scopes in words; one that this page does not offer keeps its name. */
export function useScopeWords() {
  const t = useT('pages')
  const { list } = useFormat()
  return (scopes: readonly string[]) =>
    list(scopes.map((scope) => (isOffered(scope) ? t(`apiKeys.scope.${scope}`) : scope)))
}

import { useT } from '#client/lib/use-t.ts'

const known = {
  'http.header': 'httpHeader',
  'http.bearer': 'httpBearer',
  'http.basic': 'httpBasic',
} as const

const fields = ['name', 'value', 'token', 'user', 'password'] as const

const isKnown = (id: string): id is keyof typeof known => Object.hasOwn(known, id)

/** A kind's words in the viewer's language; those of a kind we have no translation for are its own. */
export function useKindWords() {
  const t = useT('pages')
  return {
    title: (kind: { id: string; title: string }) =>
      isKnown(kind.id) ? t(`connections.kinds.${known[kind.id]}.title`) : kind.title,
    summary: (kind: { id: string; summary: string }) =>
      isKnown(kind.id) ? t(`connections.kinds.${known[kind.id]}.summary`) : kind.summary,
    field: (kindId: string, field: { name: string; title: string }) => {
      const name = fields.find((name) => name === field.name)
      return isKnown(kindId) && name ? t(`connections.fields.${name}`) : field.title
    },
  }
}

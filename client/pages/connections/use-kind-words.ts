import { useLocale } from 'use-intl'
import { connectionWords } from '#client/lib/messages/pt-BR/connections.ts'
import type { SecretField } from './fields.ts'

/** A kind's words in the viewer's language; those of a kind we have no translation for are its own. */
export function useKindWords() {
  const locale = useLocale()
  const wordsOf = (id: string) =>
    locale === 'en' || !Object.hasOwn(connectionWords, id) ? undefined : connectionWords[id]
  return {
    title: (kind: { id: string; title: string }) => wordsOf(kind.id)?.title ?? kind.title,
    summary: (kind: { id: string; summary: string }) => wordsOf(kind.id)?.summary ?? kind.summary,
    /** A field with its label, help and choices. */
    field: (kindId: string, field: SecretField): SecretField => {
      const words = wordsOf(kindId)?.fields[field.name]
      if (!words) return field
      return {
        ...field,
        title: words.title ?? field.title,
        help: words.help ?? field.help,
        options: field.options?.map(({ value, label }) => ({
          value,
          label: words.options?.[value] ?? label,
        })),
      }
    },
  }
}

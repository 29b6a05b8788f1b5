import { type Messages, type NamespaceKeys, type NestedKeyOf, useTranslations } from 'use-intl'
import type { Locale as AppLocale } from './locale.ts'
import type { messages } from './messages/en.ts'

/** Tells use-intl our keys, so that an unknown key or a missing value does not compile. */
declare module 'use-intl' {
  interface AppConfig {
    Locale: AppLocale
    Messages: typeof messages
  }
}

/** The messages of one namespace, as a function: `const t = useT('pages')`, `t('runs.title')`. */
export function useT<Namespace extends NamespaceKeys<Messages, NestedKeyOf<Messages>>>(namespace: Namespace) {
  return useTranslations(namespace)
}

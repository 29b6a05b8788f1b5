import type { messages as English } from './messages/en.ts'
import { remember, remembered } from './storage.ts'

export const locales = ['en', 'pt-BR'] as const
export type Locale = (typeof locales)[number]

/** The languages' own names; the same in every language. */
export const localeNames: Record<Locale, string> = { en: 'English', 'pt-BR': 'Português (Brasil)' }

export function isLocale(text: unknown): text is Locale {
  return locales.some((locale) => locale === text)
}

/** The first of the browser's languages that we speak. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split('-')[0]
    if (base === 'pt') return 'pt-BR'
    if (base === 'en') return 'en'
  }
  return 'en'
}

export function storedLocale(): Locale | null {
  const stored = remembered('locale')
  return isLocale(stored) ? stored : null
}

export function initialLocale(): Locale {
  return storedLocale() ?? preferredLocale(navigator.languages)
}

export function rememberLocale(locale: Locale) {
  remember('locale', locale)
  document.documentElement.lang = locale
}

type Catalogue = typeof English

const namespaces = [
  'ui',
  'shell',
  'pages',
  'editor',
  'forms',
  'nodes',
  'problems',
] as const satisfies readonly (keyof Catalogue)[]

/** The compiler has compared every key (`Translation`); what it cannot know is that other words may stand for ours. */
const isCatalogue = (found: object): found is Catalogue => namespaces.every((name) => name in found)

/** The catalogue of one language; only the one in use is downloaded. */
export async function loadMessages(locale: Locale): Promise<Catalogue> {
  switch (locale) {
    case 'en':
      return (await import('./messages/en.ts')).messages
    case 'pt-BR': {
      const { messages } = await import('./messages/pt-BR.ts')
      if (!isCatalogue(messages)) throw new Error('The Portuguese catalogue lacks a namespace')
      return messages
    }
    default:
      return locale satisfies never
  }
}

import { expect, it } from 'vitest'
import { isLocale, preferredLocale } from './locale.ts'

it.each([
  [['pt-BR', 'en'], 'pt-BR'],
  [['pt-PT'], 'pt-BR'],
  [['en-GB'], 'en'],
  [['de', 'pt'], 'pt-BR'],
  [['ja', 'de'], 'en'],
  [[], 'en'],
] as const)('speaks the first of %j that it knows: %s', (languages, locale) => {
  expect(preferredLocale(languages)).toBe(locale)
})

it('takes only its own locales', () => {
  expect(['en', 'pt-BR', 'pt', '', null, 3].map(isLocale)).toEqual([true, true, false, false, false, false])
})

import type { Locale } from './locale.ts'
import type { messages as English } from './messages/en.ts'

type Words = Pick<typeof English, 'people' | 'ui'>

/** As in `locale.ts`: the compiler has compared every key. */
const areWords = (found: object): found is Words => 'people' in found && 'ui' in found

/** The words of pages without an account, and no others. */
export async function loadHostedMessages(locale: Locale): Promise<Words> {
  const [people, ui] = await filesOf(locale)
  const found = { ...people, ...ui }
  if (!areWords(found)) throw new Error('The words of hosted pages are missing')
  return found
}

function filesOf(locale: Locale): Promise<[object, object]> {
  switch (locale) {
    case 'en':
      return Promise.all([import('./messages/en/people.ts'), import('./messages/en/ui.ts')])
    case 'pt-BR':
      return Promise.all([import('./messages/pt-BR/people.ts'), import('./messages/pt-BR/ui.ts')])
  }
  return locale satisfies never
}

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { IntlProvider } from 'use-intl'
import { type Locale, loadMessages, rememberLocale } from './locale.ts'

type Catalogue = Awaited<ReturnType<typeof loadMessages>>

interface LocaleChoice {
  locale: Locale
  setLocale: (locale: Locale) => Promise<void>
}

const Context = createContext<LocaleChoice | null>(null)

export interface LocaleProviderProps {
  initial: { locale: Locale; messages: Catalogue }
  children: ReactNode
}

/** Gives every page its words; a change of language shows when its catalogue has arrived. */
export function LocaleProvider({ initial, children }: LocaleProviderProps) {
  const [{ locale, messages }, setCatalogue] = useState(initial)
  const choice = useMemo(
    () => ({
      locale,
      setLocale: async (next: Locale) => {
        const messages = await loadMessages(next)
        rememberLocale(next)
        setCatalogue({ locale: next, messages })
      },
    }),
    [locale],
  )
  return (
    <Context value={choice}>
      <IntlProvider
        locale={locale}
        messages={messages}
        timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}
      >
        {children}
      </IntlProvider>
    </Context>
  )
}

export function useLocaleChoice(): LocaleChoice {
  const choice = useContext(Context)
  if (!choice) throw new Error('useLocaleChoice needs LocaleProvider around it')
  return choice
}

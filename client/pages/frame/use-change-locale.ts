import { useTroubleToast } from '#client/lib/errors.ts'
import { useLocaleChoice } from '#client/lib/LocaleProvider.tsx'
import type { Locale } from '#client/lib/locale.ts'
import { useSession } from '#client/lib/session.ts'
import { useTRPCClient } from '#client/lib/trpc.ts'

/** Changes the language here at once, and in the account for every other device. */
export function useChangeLocale() {
  const { locale, setLocale } = useLocaleChoice()
  const { user } = useSession()
  const client = useTRPCClient()
  const showTrouble = useTroubleToast()
  const changeLocale = async (next: Locale) => {
    try {
      await setLocale(next)
      if (user) await client.me.setLocale.mutate({ locale: next })
    } catch (error) {
      showTrouble(error)
    }
  }
  return { locale, changeLocale }
}

import { QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { Outlet } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import { useLocaleChoice } from '#client/lib/LocaleProvider.tsx'
import { isLocale, type Locale, storedLocale } from '#client/lib/locale.ts'
import { type Session, SessionContext, type User } from '#client/lib/session.ts'
import { connect, noTenant, TRPCProvider, useTRPC } from '#client/lib/trpc.ts'
import { Confirmations } from '#client/ui/Confirmations.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { ThreadBar } from '#client/ui/ThreadBar.tsx'
import { Toaster } from '#client/ui/Toaster.tsx'

/** Around everything: the way to the server, who is signed in, toasts and questions. */
export function Root() {
  const [{ client, queryClient }] = useState(() =>
    connect({ tenant: noTenant, onSignedOut: () => undefined }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        <WithSession />
        <Toaster />
        <Confirmations />
      </TRPCProvider>
    </QueryClientProvider>
  )
}

function WithSession() {
  const trpc = useTRPC()
  const words = useTroubleWords()
  const { data, error, refetch } = useQuery(trpc.me.get.queryOptions(undefined, { staleTime: 60_000 }))
  const refresh = useCallback(async () => {
    await refetch()
  }, [refetch])
  const session = useMemo<Session | null>(
    () => (data ? { user: data.user, tenants: data.tenants, refresh } : null),
    [data, refresh],
  )
  useAccountLocale(session?.user ?? null)
  if (session)
    return (
      <SessionContext value={session}>
        <Outlet />
      </SessionContext>
    )
  if (error) {
    const { title, body, requestId } = words(error)
    return (
      <main className="flex h-full items-center">
        <ErrorState heading="h1" title={title} requestId={requestId} onRetry={() => void refetch()}>
          {body}
        </ErrorState>
      </main>
    )
  }
  return <ThreadBar />
}

/** Whoever chose a language in their account sees it on a device where they have not chosen one. */
function useAccountLocale(user: User | null) {
  const { setLocale } = useLocaleChoice()
  const wanted = user?.locale
  const choose = useEffectEvent((locale: Locale) => void setLocale(locale))
  useEffect(() => {
    // English is also what an account has before anyone chose; the browser knows better then.
    if (isLocale(wanted) && wanted !== 'en' && storedLocale() === null) choose(wanted)
  }, [wanted])
}

import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#server/api/router.ts'
import { troubleOf } from './errors.ts'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

/** The tenant part of the address when there is none. */
export const noTenant = '_'

/** The way to the server for one tenant, with a cache of its own: another tenant's answers can never show. */
export function connect({ tenant, onSignedOut }: { tenant: string; onSignedOut: () => void }) {
  const url = `/api/trpc/${encodeURIComponent(tenant)}`
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url }),
        false: httpBatchLink({ url, maxURLLength: 2_000, maxItems: 10 }),
      }),
    ],
  })
  const onError = (error: unknown) => {
    if (troubleOf(error).code === 'signed_out') onSignedOut()
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // What the server has decided does not change by asking again; a lost connection may.
        retry: (count, error) => count < 2 && troubleOf(error).code === 'offline',
      },
      mutations: { onError },
    },
  })
  return { client, queryClient }
}

import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '#server/api/router.ts'

/** A run as the server gives it. */
export type ShownRunDetails = inferRouterOutputs<AppRouter>['runs']['get']

import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Link, Outlet, useMatches, useParams } from 'react-router'
import { type Tenant, TenantContext, useSession } from '#client/lib/session.ts'
import { remember } from '#client/lib/storage.ts'
import { connect, TRPCProvider } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { buttonClass } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { paths } from '../../paths.ts'
import { AppFrame } from './AppFrame.tsx'
import { TenantNotice } from './TenantNotice.tsx'

/** Everything under `/:tenant`: its own connection to the server and cache, inside the frame. */
export function TenantLayout() {
  const { tenant: slug } = useParams()
  const { tenants } = useSession()
  const tenant = tenants.find((tenant) => tenant.slug === slug)
  return tenant ? <InTenant key={tenant.slug} tenant={tenant} /> : <NoTenant />
}

function InTenant({ tenant }: { tenant: Tenant }) {
  const { refresh } = useSession()
  const { slug } = tenant
  const { client, queryClient } = useMemo(
    () => connect({ tenant: slug, onSignedOut: () => void refresh() }),
    [slug, refresh],
  )
  useEffect(() => remember('tenant', slug), [slug])
  const canvas = useMatches().some(({ handle }) => isCanvas(handle))
  return (
    <TenantContext value={tenant}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={client} queryClient={queryClient}>
          <AppFrame tenant={tenant} canvas={canvas}>
            <TenantNotice />
            <Outlet />
          </AppFrame>
        </TRPCProvider>
      </QueryClientProvider>
    </TenantContext>
  )
}

/** A route with `handle: { canvas: true }` gets the whole window beside a narrow navigation. */
function isCanvas(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && 'canvas' in handle && handle.canvas === true
}

function NoTenant() {
  const t = useT('shell')
  const { tenants } = useSession()
  return (
    <AppFrame tenant={tenants[0] ?? null}>
      <ErrorState
        heading="h1"
        drawing="locked"
        title={t('noTenant.title')}
        className="m-auto"
        action={
          <Link to={paths.home()} className={buttonClass({ variant: 'primary' })}>
            {t('noTenant.action')}
          </Link>
        }
      >
        {t('noTenant.body')}
      </ErrorState>
    </AppFrame>
  )
}

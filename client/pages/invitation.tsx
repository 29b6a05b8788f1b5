import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { useTroubleWords } from '#client/lib/errors.ts'
import { roles, useSession } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button, buttonClass } from '#client/ui/Button.tsx'
import { ErrorState } from '#client/ui/ErrorState.tsx'
import { FormError } from '#client/ui/FormError.tsx'
import { ThreadBar } from '#client/ui/ThreadBar.tsx'
import { toast } from '#client/ui/toasts.ts'
import { paths, withReturn } from '../paths.ts'
import { AuthLayout } from './frame/AuthLayout.tsx'
import { useSignOut } from './frame/use-sign-out.ts'

export default function Invitation() {
  const t = useT('pages')
  const words = useTroubleWords()
  const trpc = useTRPC()
  const { id = '' } = useParams()
  const invitation = useQuery(trpc.me.invitation.queryOptions({ id }))
  if (invitation.isPending) return <ThreadBar />
  if (invitation.error && words(invitation.error).code !== 'not_found') {
    const { title, body, requestId } = words(invitation.error)
    return (
      <main className="flex h-full">
        <ErrorState
          heading="h1"
          title={title}
          requestId={requestId}
          onRetry={() => void invitation.refetch()}
          className="m-auto"
        >
          {body}
        </ErrorState>
      </main>
    )
  }
  if (invitation.data?.status !== 'pending') {
    return (
      <main className="flex h-full">
        <ErrorState
          heading="h1"
          drawing="lost"
          title={t('invitation.goneTitle')}
          className="m-auto"
          action={
            <Link to={paths.home()} className={buttonClass({ variant: 'primary' })}>
              {t('invitation.toStart')}
            </Link>
          }
        >
          {t('invitation.goneBody')}
        </ErrorState>
      </main>
    )
  }
  return <Pending id={id} invitation={invitation.data} />
}

interface PendingProps {
  id: string
  invitation: { tenantName: string; email: string; role: string }
}

function Pending({ id, invitation }: PendingProps) {
  const t = useT('pages')
  const shell = useT('shell')
  const { user } = useSession()
  const role = roles.find((role) => role === invitation.role)
  const { tenantName, email } = invitation
  return (
    <AuthLayout
      title={t('invitation.title', { tenant: tenantName })}
      lead={t('invitation.lead', { role: role ? shell(`roles.${role}`) : invitation.role, email })}
    >
      {!user ? (
        <WaysIn />
      ) : user.email.toLowerCase() === email.toLowerCase() ? (
        <Accept id={id} tenantName={tenantName} userEmail={user.email} />
      ) : (
        <OtherAccount email={email} />
      )}
    </AuthLayout>
  )
}

function WaysIn() {
  const t = useT('pages')
  const { pathname } = useLocation()
  return (
    <div className="flex flex-col gap-2">
      <Link to={withReturn(paths.signUp(), pathname)} className={buttonClass({ variant: 'primary' })}>
        {t('invitation.signUp')}
      </Link>
      <Link to={withReturn(paths.signIn(), pathname)} className={buttonClass()}>
        {t('invitation.signIn')}
      </Link>
    </div>
  )
}

function OtherAccount({ email }: { email: string }) {
  const t = useT('pages')
  const signOut = useSignOut()
  return (
    <div className="flex flex-col gap-4">
      <FormError>{t('invitation.otherAccount', { email })}</FormError>
      <Button onClick={() => void signOut()}>{t('account.signOut')}</Button>
    </div>
  )
}

function Accept({ id, tenantName, userEmail }: { id: string; tenantName: string; userEmail: string }) {
  const t = useT('pages')
  const trpc = useTRPC()
  const navigate = useNavigate()
  const words = useTroubleWords()
  const { refresh } = useSession()
  const accept = useMutation(
    trpc.me.acceptInvitation.mutationOptions({
      onSuccess: async ({ slug }) => {
        await refresh()
        toast({ tone: 'good', title: t('invitation.joined', { tenant: tenantName }) })
        await navigate(paths.workflows(slug))
      },
    }),
  )
  return (
    <div className="flex flex-col gap-4">
      {accept.error && <FormError>{words(accept.error).body}</FormError>}
      <Button variant="primary" busy={accept.isPending} onClick={() => accept.mutate({ id })}>
        {t('invitation.accept', { tenant: tenantName })}
      </Button>
      <p className="text-muted text-sm">{t('invitation.asWho', { email: userEmail })}</p>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { Ban, CirclePause } from 'lucide-react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'

const EVERY_MS = 60_000

/** At the top of every page of a tenant that is suspended or whose runs are paused: that it is, and why. */
export function TenantNotice() {
  const t = useT('shell')
  const trpc = useTRPC()
  const { data } = useQuery(
    trpc.tenant.get.queryOptions(undefined, { staleTime: EVERY_MS / 2, refetchInterval: EVERY_MS }),
  )
  if (data?.suspended)
    return (
      <Notice tone="bad" title={t('notice.suspended')}>
        {data.suspended.why && <span className="text-ink">{data.suspended.why}</span>}{' '}
        {t('notice.suspendedSince')}
      </Notice>
    )
  if (data?.paused)
    return (
      <Notice tone="warn" title={t(`notice.${data.paused}`)}>
        {t('notice.waiting')}
      </Notice>
    )
  return null
}

const looks = {
  bad: { box: 'border-bad-line bg-bad-soft', icon: <Ban aria-hidden className="text-bad" /> },
  warn: { box: 'border-warn-line bg-warn-soft', icon: <CirclePause aria-hidden className="text-warn" /> },
}

interface NoticeProps {
  tone: keyof typeof looks
  title: string
  children: React.ReactNode
}

function Notice({ tone, title, children }: NoticeProps) {
  const t = useT('shell')
  const { box, icon } = looks[tone]
  return (
    <section
      role="status"
      aria-label={t('notice.label')}
      className={`flex shrink-0 items-start gap-2.5 border-b px-6 py-2 text-sm phone:px-4 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 ${box}`}
    >
      {icon}
      <p className="min-w-0 text-pretty break-words text-muted">
        <strong className="font-semibold text-ink">{title}</strong> {children}
      </p>
    </section>
  )
}

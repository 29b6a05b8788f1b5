import { clsx } from 'clsx'
import { useTranslations } from 'use-intl'

/** Loading as a thread drawn across. Shows nothing during the first 300 ms. */
export function ThreadBar({ label, className }: { label?: string; className?: string }) {
  const t = useTranslations('ui')
  return (
    <div
      role="progressbar"
      aria-label={label ?? t('loading')}
      className={clsx('h-0.5 w-full overflow-hidden', className)}
    >
      <div className="h-full w-1/4 animate-weft rounded-full bg-accent" />
    </div>
  )
}

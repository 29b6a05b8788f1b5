import { useFormatter, useLocale } from 'use-intl'
import { relativeTime } from './relative-time.ts'
import { Tooltip } from './Tooltip.tsx'
import { useNow } from './use-now.ts'

/** How long ago (or until), with the exact moment on hover, in the viewer's zone and language. */
export function TimeAgo({ at, className }: { at: Date | string | number; className?: string }) {
  const format = useFormatter()
  const locale = useLocale()
  const now = useNow()
  const moment = new Date(at)
  return (
    <Tooltip text={format.dateTime(moment, { dateStyle: 'medium', timeStyle: 'medium' })}>
      <time dateTime={moment.toISOString()} className={className}>
        {relativeTime({ at: moment.getTime(), now: Math.max(now, Date.now() - 60_000), locale })}
      </time>
    </Tooltip>
  )
}

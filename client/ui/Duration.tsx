import { clsx } from 'clsx'
import { useLocale } from 'use-intl'
import { formatDuration } from './duration.ts'
import { useNow } from './use-now.ts'

type Moment = Date | string | number

export interface DurationProps {
  /** Either a length… */
  ms?: number
  /** …or a start, counting while there is no end. */
  from?: Moment
  to?: Moment | null
  className?: string
}

export function Duration({ ms, from, to, className }: DurationProps) {
  if (ms !== undefined) return <Length ms={ms} className={className} />
  if (from === undefined) return null
  if (to) return <Length ms={new Date(to).getTime() - new Date(from).getTime()} className={className} />
  return <Counting from={from} className={className} />
}

function Length({ ms, className }: { ms: number; className?: string }) {
  const locale = useLocale()
  return (
    <span className={clsx('whitespace-nowrap', className)}>{formatDuration(Math.max(0, ms), locale)}</span>
  )
}

function Counting({ from, className }: { from: Moment; className?: string }) {
  const now = useNow('fast')
  const passed = Math.max(0, now - new Date(from).getTime())
  // Whole seconds while it runs: a changing decimal only distracts.
  return <Length ms={passed < 1_000 ? passed : Math.floor(passed / 1_000) * 1_000} className={className} />
}

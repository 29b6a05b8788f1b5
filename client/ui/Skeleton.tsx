import { clsx } from 'clsx'

/** Holds the place of something that is loading; give it the size of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx('block animate-breathe rounded-xs bg-hover', className ?? 'h-3.5 w-24')}
    />
  )
}

import { clsx } from 'clsx'
import type { ReactNode } from 'react'

/** A key or chord on the keyboard. */
export function Kbd({ tone = 'plain', children }: { tone?: 'plain' | 'inverse'; children: ReactNode }) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border px-1 font-sans text-xs',
        tone === 'inverse' ? 'border-paper/30 text-paper/80' : 'border-line bg-sunken text-muted',
      )}
    >
      {children}
    </kbd>
  )
}

import { clsx } from 'clsx'

/** The mark: one weft thread that passes two warp threads, turns softly and comes back. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className={clsx('shrink-0', className ?? 'size-6')}>
      <g fill="none" strokeWidth="2.6">
        <g className="stroke-ink">
          <path d="M7.5 3.5v2.7M7.5 10.8v9.7M14 3.5v9.7M14 17.8v2.7" />
          <path strokeLinecap="round" d="M7.5 3.5h0M7.5 20.5h0M14 3.5h0M14 20.5h0" />
        </g>
        <g className="stroke-accent">
          <path d="M3 8.5h8.7M16.3 8.5H18a3.5 3.5 0 0 1 0 7H9.8M5.2 15.5H3" />
          <path strokeLinecap="round" d="M3 8.5h0M3 15.5h0" />
        </g>
      </g>
    </svg>
  )
}

/** Mark and name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2', className)}>
      <LogoMark />
      {/* The product's name is the same in every language. */}
      <span className="font-semibold text-lg tracking-[-0.01em]">{'Trama'}</span>
    </span>
  )
}

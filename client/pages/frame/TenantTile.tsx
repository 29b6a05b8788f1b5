import { clsx } from 'clsx'

/** A tenant's first letter on a tile. */
export function TenantTile({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'flex size-6 shrink-0 items-center justify-center rounded-sm border border-accent-line/60 bg-accent-soft font-semibold text-accent text-xs uppercase',
        className,
      )}
    >
      {Array.from(name.trim())[0] ?? '?'}
    </span>
  )
}

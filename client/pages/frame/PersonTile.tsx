import { clsx } from 'clsx'

/** A person's initials on a round tile. */
export function PersonTile({ name, className }: { name: string; className?: string }) {
  const words = name.trim().split(/\s+/)
  const initials = [words[0], words.length > 1 ? words.at(-1) : ''].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  )
  return (
    <span
      aria-hidden
      className={clsx(
        'flex size-6 shrink-0 items-center justify-center rounded-full bg-rose-soft font-semibold text-[10px] text-rose uppercase',
        className,
      )}
    >
      {initials.join('') || '?'}
    </span>
  )
}

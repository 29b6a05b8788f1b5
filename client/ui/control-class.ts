import { clsx } from 'clsx'

/** The shared look of text-like controls. */
export function controlClass(...more: (string | false | undefined)[]) {
  return clsx(
    'w-full min-w-0 rounded-sm border border-edge/70 bg-surface px-2.5 text-base text-ink',
    'transition-colors duration-[120ms] ease-out hover:border-edge',
    'focus-visible:border-accent focus-visible:outline-2 focus-visible:outline-accent/35 focus-visible:outline-offset-0',
    'aria-invalid:border-bad aria-invalid:focus-visible:outline-bad/30',
    'disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint',
    ...more,
  )
}

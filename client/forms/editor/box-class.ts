import { clsx } from 'clsx'

/** The box around an editor: looks like any control of the form. */
export const boxClass = (about: { invalid?: boolean; readOnly?: boolean; className?: string }) =>
  clsx(
    'min-w-0 grow rounded-sm border transition-colors duration-[120ms] ease-out',
    'focus-within:outline-2 focus-within:outline-offset-0',
    about.readOnly ? 'bg-sunken' : 'bg-surface',
    about.invalid
      ? 'border-bad focus-within:outline-bad/30'
      : 'border-edge/70 focus-within:border-accent focus-within:outline-accent/35 hover:border-edge',
    about.className,
  )

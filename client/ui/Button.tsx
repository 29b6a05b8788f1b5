import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md'

const looks: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line bg-surface text-ink hover:bg-hover aria-expanded:bg-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-ink aria-expanded:bg-hover',
  danger: 'border-transparent bg-bad text-on-bad hover:brightness-95',
}

const sizes: Record<ButtonSize, string> = {
  sm: 'h-7 gap-1.5 px-2.5 text-sm',
  md: 'h-8 gap-2 px-3 text-base',
}

/** The classes of a button, for links that must look like one. */
export function buttonClass(look: { variant?: ButtonVariant; size?: ButtonSize } = {}) {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-sm border font-medium',
    'transition-colors duration-[120ms] ease-out',
    'disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
    looks[look.variant ?? 'secondary'],
    sizes[look.size ?? 'md'],
  )
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** Keeps its width and focus, takes no second click. */
  busy?: boolean
}

export function Button({ variant, size, icon, busy, className, children, onClick, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      aria-busy={busy || undefined}
      aria-disabled={busy || props['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={clsx(buttonClass({ variant, size }), 'relative overflow-hidden', className)}
    >
      {icon}
      {children}
      {busy && (
        <span
          aria-hidden
          className="absolute inset-x-0 bottom-0 h-0.5 w-1/4 animate-weft bg-current opacity-70"
        />
      )}
    </button>
  )
}

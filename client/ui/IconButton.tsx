import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './Button.tsx'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does; its accessible name and its tooltip. */
  label: string
  /** Keys shown in the tooltip, like `⌘Z`. */
  shortcut?: string
  variant?: ButtonVariant
  size?: ButtonSize
  tooltipSide?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}

export function IconButton({
  label,
  shortcut,
  variant = 'quiet',
  size = 'md',
  tooltipSide,
  className,
  ...props
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={tooltipSide}>
      <button
        type="button"
        {...props}
        aria-label={label}
        className={clsx(buttonClass({ variant, size }), size === 'sm' ? 'w-7 px-0!' : 'w-8 px-0!', className)}
      />
    </Tooltip>
  )
}

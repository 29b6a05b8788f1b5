import { Tooltip as Radix } from 'radix-ui'
import type { FocusEvent, ReactElement } from 'react'
import { Kbd } from './Kbd.tsx'

export interface TooltipProps {
  text: string
  shortcut?: string
  side?: 'top' | 'right' | 'bottom' | 'left'
  delayMs?: number
  /** The one element it explains; it must take a ref. */
  children: ReactElement
}

/** A short explanation on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'top', delayMs = 450, children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={delayMs} disableHoverableContent>
      <Radix.Root>
        <Radix.Trigger asChild onFocus={onlyKeyboard}>
          {children}
        </Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-70 flex max-w-72 animate-fade items-center gap-2 rounded-sm bg-ink px-2 py-1 text-paper text-xs"
          >
            {text}
            {shortcut && <Kbd tone="inverse">{shortcut}</Kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  )
}

/** A focus that a closing menu or dialog gives back is no question. */
function onlyKeyboard(event: FocusEvent<HTMLElement>) {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}

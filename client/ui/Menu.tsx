import { clsx } from 'clsx'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { CheckIcon } from './icons.tsx'
import { Kbd } from './Kbd.tsx'

export interface MenuProps {
  /** The one element that opens it; it must take a ref. */
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  open?: boolean
  onOpenChange?: (open: boolean) => void
  className?: string
  children: ReactNode
}

export const floatClass =
  'z-50 animate-appear rounded-md border border-line bg-raised shadow-float outline-none'

const row =
  'flex min-h-7 select-none items-center gap-2.5 rounded-sm px-2 py-1 text-sm outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0'

/** A list of things to do, opened by a button. */
export function Menu({ trigger, align = 'start', side, open, onOpenChange, className, children }: MenuProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={clsx(
            floatClass,
            'max-h-(--radix-dropdown-menu-content-available-height) min-w-45 overflow-y-auto p-1',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export interface MenuItemProps {
  icon?: ReactNode
  shortcut?: string
  tone?: 'plain' | 'danger'
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, shortcut, tone = 'plain', disabled, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item
      disabled={disabled}
      onSelect={onSelect}
      className={clsx(row, tone === 'danger' ? 'text-bad' : 'text-ink [&_svg]:text-faint')}
    >
      {icon}
      <span className="min-w-0 grow truncate">{children}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
    </Radix.Item>
  )
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">{children}</Radix.Label>
}

export interface MenuRadiosProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One choice of a few, inside a menu. */
export function MenuRadios<Value extends string>({
  label,
  value,
  options,
  onChange,
}: MenuRadiosProps<Value>) {
  const pick = (text: string) => {
    const option = options.find((option) => option.value === text)
    if (option) onChange(option.value)
  }
  return (
    <Radix.Group>
      <MenuLabel>{label}</MenuLabel>
      <Radix.RadioGroup value={value} onValueChange={pick} aria-label={label}>
        {options.map((option) => (
          <Radix.RadioItem
            key={option.value}
            value={option.value}
            onSelect={(event) => event.preventDefault()}
            className={clsx(row, 'text-ink [&_svg]:text-faint')}
          >
            {option.icon}
            <span className="min-w-0 grow truncate">{option.label}</span>
            <span className="flex size-4 items-center">
              <Radix.ItemIndicator>
                <CheckIcon className="text-accent!" aria-hidden />
              </Radix.ItemIndicator>
            </span>
          </Radix.RadioItem>
        ))}
      </Radix.RadioGroup>
    </Radix.Group>
  )
}

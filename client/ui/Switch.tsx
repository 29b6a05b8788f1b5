import { clsx } from 'clsx'
import { Switch as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { useFieldProps } from './Field.tsx'

export interface SwitchProps {
  /** Needed outside a `Field`. */
  label?: ReactNode
  hideLabel?: boolean
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, hideLabel, checked, onChange, disabled }: SwitchProps) {
  const own = useId()
  const field = useFieldProps(label ? { id: own } : {})
  return (
    <div className="flex min-h-6 items-center gap-2.5">
      <Radix.Root
        {...field}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="relative h-5 w-8.5 shrink-0 rounded-full border border-edge bg-sunken transition-colors duration-[120ms] after:absolute after:-inset-1 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-edge transition-transform duration-[120ms] ease-out data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      {label && (
        <label htmlFor={own} className={clsx('cursor-pointer text-base', hideLabel && 'sr-only')}>
          {label}
        </label>
      )}
    </div>
  )
}

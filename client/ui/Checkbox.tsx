import { Checkbox as Radix } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { CheckIcon } from './icons.tsx'

export interface CheckboxProps {
  label: ReactNode
  help?: ReactNode
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
}

export function Checkbox({ label, help, checked, onChange, disabled }: CheckboxProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-2.5">
      <span className="flex size-6 shrink-0 items-center justify-center">
        <Radix.Root
          id={id}
          checked={checked}
          disabled={disabled}
          onCheckedChange={(state) => onChange(state === true)}
          aria-describedby={help ? `${id}-help` : undefined}
          className="flex size-4 items-center justify-center rounded-xs border border-edge bg-surface text-on-accent transition-colors duration-[120ms] hover:border-accent disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Radix.Indicator>
            <CheckIcon className="size-3" strokeWidth={3} />
          </Radix.Indicator>
        </Radix.Root>
      </span>
      <div className="flex min-w-0 flex-col py-0.5">
        <label htmlFor={id} className="cursor-pointer text-base">
          {label}
        </label>
        {help && (
          <p id={`${id}-help`} className="text-faint text-sm">
            {help}
          </p>
        )}
      </div>
    </div>
  )
}

import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { controlClass } from './control-class.ts'
import { useFieldProps } from './Field.tsx'
import { ChevronIcon } from './icons.tsx'

export interface SelectOption<Value extends string = string> {
  value: Value
  label: string
  disabled?: boolean
}

export interface SelectProps<Value extends string>
  extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'size'> {
  value: Value
  options: readonly SelectOption<Value>[]
  onChange: (value: Value) => void
  size?: 'sm' | 'md'
}

/** One choice of a list: the browser's own select, so keyboards, phones and screen readers know it. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, options, onChange, size = 'md', className, ...rest } = props
  const pick = (text: string) => {
    const option = options.find((option) => option.value === text)
    if (option) onChange(option.value)
  }
  return (
    <div className={clsx('relative min-w-0', className)}>
      <select
        {...rest}
        {...useFieldProps(rest)}
        value={value}
        onChange={(event) => pick(event.target.value)}
        className={controlClass(
          'trama-select truncate pr-8 text-left',
          size === 'sm' ? 'h-7 text-sm' : 'h-8',
        )}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronIcon
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2 my-auto size-4 text-faint"
      />
    </div>
  )
}

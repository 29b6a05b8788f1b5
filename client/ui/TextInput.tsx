import { clsx } from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import { controlClass } from './control-class.ts'
import { useFieldProps } from './Field.tsx'

export interface TextInputProps extends ComponentProps<'input'> {
  /** Drawn inside, at the left. */
  icon?: ReactNode
  mono?: boolean
}

export function TextInput({ icon, mono, className, ...props }: TextInputProps) {
  const input = (
    <input
      type="text"
      {...props}
      {...useFieldProps(props)}
      className={controlClass('h-8', mono && 'font-mono text-sm', Boolean(icon) && 'pl-8', className)}
    />
  )
  if (!icon) return input
  return (
    <div className="relative min-w-0 grow">
      <span
        aria-hidden
        className={clsx(
          'pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-faint [&_svg]:size-4',
        )}
      >
        {icon}
      </span>
      {input}
    </div>
  )
}

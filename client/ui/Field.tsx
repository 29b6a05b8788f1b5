import { clsx } from 'clsx'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { AlertIcon } from './icons.tsx'

interface FieldContext {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

const Context = createContext<FieldContext | null>(null)

/** What a control inside a `Field` spreads on its element, so that label, help and error belong to it. */
export function useFieldProps(own: { id?: string; 'aria-describedby'?: string; required?: boolean } = {}) {
  const field = useContext(Context)
  return {
    id: own.id ?? field?.id,
    'aria-describedby': own['aria-describedby'] ?? field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
    'aria-required': own.required || field?.required || undefined,
  }
}

export interface FieldProps {
  label: ReactNode
  /** What to give here, in one line. */
  help?: ReactNode
  /** What is wrong and what to do. */
  error?: ReactNode
  required?: boolean
  /** At the right of the label: a toggle, a link. */
  aside?: ReactNode
  hideLabel?: boolean
  className?: string
  children: ReactNode
}

/** A label above a control, with help and error under it. */
export function Field({ label, help, error, required, aside, hideLabel, className, children }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ')
  const field = {
    id,
    describedBy: described || undefined,
    invalid: Boolean(error),
    required: Boolean(required),
  }
  return (
    <Context value={field}>
      <div className={clsx('flex min-w-0 flex-col gap-1.5', className)}>
        <div className={clsx('flex min-h-5 items-center justify-between gap-2', hideLabel && 'sr-only')}>
          <label htmlFor={id} className="font-medium text-ink text-sm">
            {label}
          </label>
          {aside}
        </div>
        {children}
        {error && (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-bad text-sm">
            <AlertIcon className="mt-0.75 size-3.5 shrink-0" aria-hidden />
            <span>{error}</span>
          </p>
        )}
        {help && (
          <p id={`${id}-help`} className="text-faint text-sm">
            {help}
          </p>
        )}
      </div>
    </Context>
  )
}

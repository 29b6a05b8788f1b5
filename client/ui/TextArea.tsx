import type { ComponentProps } from 'react'
import { controlClass } from './control-class.ts'
import { useFieldProps } from './Field.tsx'

export interface TextAreaProps extends ComponentProps<'textarea'> {
  mono?: boolean
}

/** Grows with its text where the browser can; `rows` is the least height. */
export function TextArea({ mono, rows = 3, className, ...props }: TextAreaProps) {
  return (
    <textarea
      rows={rows}
      {...props}
      {...useFieldProps(props)}
      className={controlClass(
        'field-sizing-content max-h-96 resize-y py-1.5',
        mono && 'font-mono text-sm',
        className,
      )}
    />
  )
}

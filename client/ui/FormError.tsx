import type { ReactNode } from 'react'
import { AlertIcon } from './icons.tsx'

/** Why a whole form was refused; read out when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex items-start gap-2 rounded-sm border border-bad-line bg-bad-soft px-3 py-2 text-sm"
    >
      <AlertIcon aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 break-words">{children}</div>
    </div>
  )
}

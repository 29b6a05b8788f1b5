import type { ReactNode } from 'react'

/** One line of a list of facts: a `dl` of two columns around it. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-faint">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}

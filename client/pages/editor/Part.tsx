import type { ReactNode } from 'react'

/** A small heading and what stands under it. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h4 className="mb-1 text-faint text-xs">{title}</h4>
      {children}
    </section>
  )
}

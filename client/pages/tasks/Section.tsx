import type { ReactNode } from 'react'

/** A titled part of a task, in a box of its own. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="rounded-md border border-line bg-paper">
      <header className="flex min-h-10 items-center justify-between gap-2 border-line border-b py-1 pr-2 pl-4">
        <h2 className="font-medium text-muted text-sm">{title}</h2>
        {aside}
      </header>
      <div className="min-w-0 p-4">{children}</div>
    </section>
  )
}

import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

/** One part of a dashboard, with its heading. */
export function Card(props: { title: string; aside?: ReactNode; className?: string; children: ReactNode }) {
  const { title, aside, className, children } = props
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className={clsx('min-w-0 rounded-md border border-line bg-surface px-4 pt-3 pb-4', className)}
    >
      <div className="mb-3 flex min-h-6 items-baseline gap-3">
        <h2 id={id} className="font-medium text-base">
          {title}
        </h2>
        <div className="ml-auto text-faint text-sm">{aside}</div>
      </div>
      {children}
    </section>
  )
}

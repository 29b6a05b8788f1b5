import { clsx } from 'clsx'
import { type ReactNode, useEffect } from 'react'

export interface PageProps {
  title: string
  /** What the browser's tab says instead. */
  tab?: string
  /** Beside the title: a count. */
  aside?: ReactNode
  actions?: ReactNode
  /** The filter bar, in one line. */
  filters?: ReactNode
  className?: string
  children: ReactNode
}

/** A page of the frame: one heading, its actions, and a body that scrolls by itself. */
export function Page({ title, tab = title, aside, actions, filters, className, children }: PageProps) {
  useEffect(() => {
    document.title = `${tab} · Trama`
  }, [tab])
  return (
    <>
      <header className="flex min-h-14 shrink-0 items-center gap-3 px-6 py-3 phone:px-4">
        <h1 className="truncate font-semibold text-xl">{title}</h1>
        {aside}
        <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>
      </header>
      {filters && (
        <div className="flex shrink-0 items-center gap-2 overflow-x-auto px-6 pb-3 phone:px-4">{filters}</div>
      )}
      <div className={clsx('min-h-0 grow', className)}>{children}</div>
    </>
  )
}

import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { type Drawing, ThreadDrawing } from './ThreadDrawing.tsx'

export type { Drawing } from './ThreadDrawing.tsx'

export interface EmptyStateProps {
  title: string
  /** What this place is for, in a sentence. */
  children?: ReactNode
  /** One action. */
  action?: ReactNode
  drawing?: Drawing
  role?: 'alert' | 'status'
  /** `h1` where it is the whole page. */
  heading?: 'h1' | 'h2'
  className?: string
}

/** An empty place that says what it is for. */
export function EmptyState(props: EmptyStateProps) {
  const { title, children, action, drawing, role, heading: Heading = 'h2', className } = props
  return (
    <div
      role={role}
      className={clsx('mx-auto flex max-w-105 flex-col items-center px-6 py-14 text-center', className)}
    >
      {drawing && <ThreadDrawing name={drawing} className="mb-5" />}
      <Heading className="text-balance font-semibold text-lg">{title}</Heading>
      {children && <div className="mt-1.5 text-pretty text-base text-muted">{children}</div>}
      {action && <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}

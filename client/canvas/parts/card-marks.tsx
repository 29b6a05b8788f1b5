import { clsx } from 'clsx'
import { TriangleAlert } from 'lucide-react'
import type { Problem } from '#nodes/graph/document.ts'
import { statusLooks } from './card-look.ts'

export function worstOf(problems: readonly Problem[]): 'error' | 'warning' {
  return problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
}

/** A small mark at a card's corner: something is wrong with it. */
export function Mark({
  problems,
  className,
}: {
  problems: readonly Problem[] | undefined
  className: string
}) {
  if (!problems || problems.length === 0) return null
  return (
    <span
      aria-hidden
      className={clsx(
        'absolute -top-2 flex size-4.5 items-center justify-center rounded-full border-2 border-paper text-on-bad',
        className,
        worstOf(problems) === 'error' ? 'bg-bad' : 'bg-warn',
      )}
    >
      <TriangleAlert className="size-2.5" strokeWidth={3} />
    </span>
  )
}

/** How it stands in a run, along a card's lower edge. */
export function Strip(props: { status: keyof typeof statusLooks | undefined; rounded?: boolean }) {
  const { status, rounded = false } = props
  if (!status) return null
  return (
    <span
      aria-hidden
      className={clsx(
        'pointer-events-none absolute -inset-px overflow-hidden',
        rounded ? 'rounded-r-md rounded-l-[30px]' : 'rounded-md',
      )}
    >
      <span className={clsx('absolute inset-x-0 bottom-0 h-[3px] animate-fade', statusLooks[status].strip)} />
    </span>
  )
}

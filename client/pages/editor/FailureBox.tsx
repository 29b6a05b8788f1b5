import { useFailureAdvice, useFailureText } from '#client/canvas/failure-words.ts'
import type { Failure } from '#nodes/kit/failure.ts'

/** What went wrong, and what to do about it. */
export function FailureBox({ failure }: { failure: Pick<Failure, 'code' | 'message'> }) {
  const text = useFailureText()
  const advice = useFailureAdvice()(failure)
  return (
    <div role="alert" className="rounded-sm border border-bad-line bg-bad-soft px-3 py-2.5 text-sm">
      <p className="break-words text-ink">{text(failure)}</p>
      {advice && <p className="mt-1 text-muted">{advice}</p>}
      <p className="mt-1.5 font-mono text-faint text-xs">{failure.code}</p>
    </div>
  )
}

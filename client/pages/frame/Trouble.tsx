import { useTroubleWords } from '#client/lib/errors.ts'
import { ErrorState } from '#client/ui/ErrorState.tsx'

/** In place of what could not be loaded: what happened, what to do, the request to quote. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { code, title, body, requestId } = useTroubleWords()(error)
  const denied = code === 'forbidden'
  return (
    <ErrorState
      drawing={denied ? 'locked' : code === 'not_found' ? 'lost' : 'broken'}
      title={title}
      requestId={requestId}
      onRetry={denied ? undefined : onRetry}
    >
      {body}
    </ErrorState>
  )
}

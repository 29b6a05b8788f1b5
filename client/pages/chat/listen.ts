import type { Change } from './conversation.ts'

const TRIES = 6
const AGAIN_MS = 2_000

export interface Listening {
  onChange: (change: Change) => void
  /** Whether the server is within reach. */
  onReach: (reached: boolean) => void
}

/** Hears an answer as it is written, until it is there; comes back after a lost connection. Gives how to stop. */
export function listen(url: string, { onChange, onReach }: Listening): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = TRIES
  const stop = () => {
    clearTimeout(timer)
    source?.close()
    source = null
  }
  const end = (change: Change) => {
    stop()
    onReach(true)
    onChange(change)
  }
  const open = () => {
    source = new EventSource(url)
    source.addEventListener('open', () => {
      left = TRIES
      onReach(true)
    })
    source.addEventListener('text', ({ data }) => onChange({ type: 'wrote', text: textOf(data) }))
    source.addEventListener('restart', () => onChange({ type: 'forgot' }))
    source.addEventListener('state', ({ data }) =>
      onChange({ type: 'waits', waitsFor: textOf(data) === 'person' ? 'person' : 'workflow' }),
    )
    source.addEventListener('answer', ({ data }) => end({ type: 'answered', text: textOf(data) }))
    source.addEventListener('failed', () => end({ type: 'failed' }))
    source.addEventListener('error', () => {
      if (source?.readyState !== EventSource.CLOSED) return onReach(false)
      // A refusal; the browser does not try again by itself.
      source.close()
      left -= 1
      if (left <= 0) return end({ type: 'failed' })
      onReach(false)
      // A new source asks from the beginning.
      timer = setTimeout(() => {
        onChange({ type: 'forgot' })
        open()
      }, AGAIN_MS)
    })
  }
  open()
  return stop
}

function textOf(data: unknown): string {
  if (typeof data !== 'string') return ''
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}

import { clsx } from 'clsx'

const tones = {
  rose: { dot: 'bg-rose text-surface', plain: 'bg-rose-soft text-rose' },
  warn: { dot: 'bg-warn text-surface', plain: 'bg-warn-soft text-warn' },
} as const

/** A count beside a place of the navigation; `dot` sits on its icon. Nothing when there is nothing. */
export function NavCount(props: { count: number; words: string; tone: keyof typeof tones; dot?: boolean }) {
  const { count, words, tone, dot = false } = props
  if (count === 0) return null
  return (
    <span
      className={clsx(
        'flex items-center justify-center rounded-full font-semibold text-xs tabular-nums',
        dot ? 'absolute -top-1 left-1/2 ml-1 h-4 min-w-4 px-1' : 'ml-auto h-5 min-w-5 px-1.5',
        tones[tone][dot ? 'dot' : 'plain'],
      )}
    >
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{words}</span>
    </span>
  )
}

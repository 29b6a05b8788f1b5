import { ArrowUp } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'

/** New rows wait here, so that nothing under the pointer moves. */
export function NewRuns({ count, capped, onShow }: { count: number; capped: boolean; onShow: () => void }) {
  const t = useT('pages')
  return (
    <div
      aria-live="polite"
      className="pointer-events-none absolute inset-x-0 top-11 z-20 flex justify-center"
    >
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="pointer-events-auto flex h-7 animate-appear items-center gap-1.5 rounded-full border border-accent-line bg-accent-soft pr-3 pl-2.5 font-medium text-accent text-sm shadow-float"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {capped ? t('runs.freshMany', { count }) : t('runs.fresh', { count })}
        </button>
      )}
    </div>
  )
}

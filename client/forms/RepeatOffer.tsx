import { Repeat as RepeatIcon } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { shortPath } from './pill-for.ts'

export interface RepeatOfferProps {
  /** The list, as an expression. */
  list: string
  accept: () => void
  decline: () => void
}

/** Shown when a value from inside a list was put into a field that takes one. */
export function RepeatOffer({ list, accept, decline }: RepeatOfferProps) {
  const t = useT('forms')
  return (
    <div
      role="status"
      className="mt-1.5 flex flex-col items-start gap-2 rounded-sm border border-accent-line bg-accent-soft px-2.5 py-2 text-sm"
    >
      <p>{t('repeat.inside')}</p>
      <div className="flex flex-wrap gap-1.5">
        <Button size="sm" variant="primary" icon={<RepeatIcon aria-hidden />} onClick={accept}>
          {t('repeat.offer', { list: shortPath(list) })}
        </Button>
        <Button size="sm" variant="secondary" onClick={decline}>
          {t('repeat.keepFirst')}
        </Button>
      </div>
    </div>
  )
}

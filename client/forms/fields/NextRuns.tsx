import { useEffect, useState } from 'react'
import { useLocale } from 'use-intl'
import { useT } from '#client/lib/use-t.ts'
import { useForm } from '../form-setting.ts'
import { useDebounced } from '../use-debounced.ts'

const PAUSE_MS = 250

type Answer = { of: string; times: string[] } | { of: string; problem: true }

/** When a schedule comes next, in its own time zone. */
export function NextRuns({ cron }: { cron: string }) {
  const t = useT('forms')
  const locale = useLocale()
  const { previewSchedule, zone = 'UTC' } = useForm()
  const [answer, setAnswer] = useState<Answer | null>(null)
  const asked = useDebounced(`${zone} ${cron}`, PAUSE_MS)

  useEffect(() => {
    if (!previewSchedule) return
    let current = true
    const [askedZone = 'UTC', ...rule] = asked.split(' ')
    previewSchedule(rule.join(' '), askedZone).then(
      (times) => current && setAnswer({ of: asked, times }),
      () => current && setAnswer({ of: asked, problem: true }),
    )
    return () => {
      current = false
    }
  }, [asked, previewSchedule])

  if (!previewSchedule || !answer) return null
  if ('problem' in answer) return <p className="text-bad text-sm">{t('cron.wrong')}</p>
  if (answer.times.length === 0) return <p className="text-faint text-sm">{t('cron.never')}</p>
  return (
    <div className="flex flex-col gap-1 text-sm" aria-live="polite">
      <span className="text-faint">{t('cron.next', { zone })}</span>
      <ol className="flex flex-col text-muted tabular-nums">
        {answer.times.slice(0, 5).map((time) => (
          <li key={time}>{dateText(time, locale, zone)}</li>
        ))}
      </ol>
    </div>
  )
}

function dateText(time: string, locale: string, zone: string): string {
  try {
    const format = new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    })
    return format.format(new Date(time))
  } catch {
    // A zone that is still being typed.
    return time
  }
}

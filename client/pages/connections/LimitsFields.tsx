import { AmountField } from '#client/forms/AmountField.tsx'
import { milliseconds, seconds } from '#client/forms/milliseconds.ts'
import { useT } from '#client/lib/use-t.ts'
import type { ConnectionLimits } from '#nodes/kit/reliability.ts'

export interface LimitsFieldsProps {
  value: ConnectionLimits
  /** What holds where nothing is given. */
  kind: ConnectionLimits
  onChange: (limits: ConnectionLimits) => void
}

/** How often a connection may be used, and when it is left alone. */
export function LimitsFields({ value, kind, onChange }: LimitsFieldsProps) {
  const t = useT('pages')
  const { rate, breaker } = value
  const setRate = (next: Partial<typeof rate>) => {
    const { calls, perMs = 1_000 } = { ...rate, ...next }
    onChange(calls === undefined ? { breaker } : { ...value, rate: { calls: Math.trunc(calls), perMs } })
  }
  const setBreaker = (next: Partial<typeof breaker>) => {
    const { failures, pauseMs = 60_000 } = { ...breaker, ...next }
    const given = failures === undefined ? undefined : { failures: Math.trunc(failures), pauseMs }
    onChange(given ? { ...value, breaker: given } : { rate })
  }
  return (
    <fieldset className="flex flex-col gap-3 border-line border-t pt-4">
      <legend className="sr-only">{t('connections.limits')}</legend>
      <p className="text-faint text-sm">{t('connections.limitsHelp')}</p>
      <div className="flex flex-wrap gap-4">
        <AmountField
          whole
          label={t('connections.limitCalls')}
          value={rate?.calls}
          fallback={kind.rate?.calls}
          range={[1, 100_000]}
          readOnly={false}
          onChange={(calls) => setRate({ calls })}
        />
        <AmountField
          label={t('connections.limitPer')}
          value={seconds(rate?.perMs)}
          fallback={seconds(kind.rate?.perMs)}
          range={[0.1, 86_400]}
          unit={t('connections.limitSeconds')}
          readOnly={rate === undefined}
          onChange={(per) => setRate({ perMs: milliseconds(per) })}
        />
      </div>
      <div className="flex flex-wrap gap-4">
        <AmountField
          whole
          label={t('connections.limitFailures')}
          value={breaker?.failures}
          fallback={kind.breaker?.failures}
          range={[1, 1_000]}
          unit={t('connections.limitInRow')}
          readOnly={false}
          onChange={(failures) => setBreaker({ failures })}
        />
        <AmountField
          label={t('connections.limitPause')}
          value={seconds(breaker?.pauseMs)}
          fallback={seconds(kind.breaker?.pauseMs)}
          range={[1, 3_600]}
          unit={t('connections.limitSeconds')}
          readOnly={breaker === undefined}
          onChange={(pause) => setBreaker({ pauseMs: milliseconds(pause) })}
        />
      </div>
    </fieldset>
  )
}

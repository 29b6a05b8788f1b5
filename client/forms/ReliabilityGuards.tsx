import type { ReactNode } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Switch } from '#client/ui/Switch.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Reliability } from '#nodes/kit/reliability.ts'
import { AmountField } from './AmountField.tsx'
import { milliseconds } from './milliseconds.ts'

interface ReliabilityGuardsProps {
  held: Reliability
  set: (patch: Partial<Reliability>) => void
  errorAt: (field: string) => string | undefined
  /** What makes sense for this node; `shared`: its connection is counted, not the node. What is set is shown anyway. */
  offers: { breaker: boolean; cache: boolean; shared: boolean }
  readOnly: boolean
}

/** What stands between a step and the world: a limit, a breaker, a memory. Each is off until it is switched on. */
export function ReliabilityGuards({ held, set, errorAt, offers, readOnly }: ReliabilityGuardsProps) {
  const t = useT('forms')
  const { rate, breaker, cache } = held
  const sharing = t(offers.shared ? 'reliability.sharedConnection' : 'reliability.sharedNode')
  return (
    <div className="flex min-w-0 flex-col gap-4 border-line border-t pt-4">
      <Guard
        label={t('reliability.rate')}
        help={`${t('reliability.rateHelp')} ${sharing}`}
        isOn={rate !== undefined}
        readOnly={readOnly}
        onSwitch={(on) => set({ rate: on ? { calls: 10, perMs: 60_000 } : undefined })}
      >
        {rate && (
          <div className="flex flex-wrap gap-4">
            <AmountField
              whole
              label={t('reliability.calls')}
              value={rate.calls}
              range={[1, 100_000]}
              readOnly={readOnly}
              onChange={(calls) => set({ rate: { ...rate, calls: Math.trunc(calls ?? 1) } })}
            />
            <AmountField
              label={t('reliability.per')}
              value={rate.perMs / 1000}
              range={[0.1, 86_400]}
              unit={t('reliability.seconds')}
              readOnly={readOnly}
              onChange={(per) => set({ rate: { ...rate, perMs: milliseconds(per) ?? 1_000 } })}
            />
          </div>
        )}
      </Guard>
      {(offers.breaker || breaker) && (
        <Guard
          label={t('reliability.breaker')}
          help={`${t('reliability.breakerHelp')} ${sharing}`}
          isOn={breaker !== undefined}
          error={errorAt('breaker')}
          readOnly={readOnly}
          onSwitch={(on) => set({ breaker: on ? { failures: 5, pauseMs: 60_000 } : undefined })}
        >
          {breaker && (
            <div className="flex flex-wrap gap-4">
              <AmountField
                whole
                label={t('reliability.failuresInRow')}
                value={breaker.failures}
                range={[1, 1_000]}
                readOnly={readOnly}
                onChange={(count) => set({ breaker: { ...breaker, failures: Math.trunc(count ?? 1) } })}
              />
              <AmountField
                label={t('reliability.pause')}
                value={breaker.pauseMs / 1000}
                range={[1, 3_600]}
                unit={t('reliability.seconds')}
                readOnly={readOnly}
                onChange={(pause) => set({ breaker: { ...breaker, pauseMs: milliseconds(pause) ?? 1_000 } })}
              />
            </div>
          )}
        </Guard>
      )}
      {(offers.cache || cache) && (
        <Guard
          label={t('reliability.cache')}
          help={t('reliability.cacheHelp')}
          isOn={cache !== undefined}
          error={errorAt('cache')}
          readOnly={readOnly}
          onSwitch={(on) => set({ cache: on ? { ageMs: 3_600_000 } : undefined })}
        >
          {cache && (
            <>
              <AmountField
                label={t('reliability.age')}
                value={cache.ageMs / 1000}
                range={[1, 2_592_000]}
                unit={t('reliability.seconds')}
                readOnly={readOnly}
                onChange={(age) => set({ cache: { ...cache, ageMs: milliseconds(age) ?? 1_000 } })}
              />
              <Field
                label={t('reliability.cacheKey')}
                help={t('reliability.cacheKeyHelp')}
                error={errorAt('cache.key')}
              >
                <TextInput
                  mono
                  spellCheck={false}
                  value={cache.key?.expr ?? ''}
                  placeholder={t('reliability.cacheKeyOwn')}
                  readOnly={readOnly}
                  onChange={({ target: { value } }) =>
                    set({ cache: { ageMs: cache.ageMs, ...(value === '' ? {} : { key: { expr: value } }) } })
                  }
                />
              </Field>
            </>
          )}
        </Guard>
      )}
    </div>
  )
}

interface GuardProps {
  label: string
  help: string
  isOn: boolean
  error?: string
  readOnly: boolean
  onSwitch: (on: boolean) => void
  children: ReactNode
}

function Guard({ label, help, isOn, error, readOnly, onSwitch, children }: GuardProps) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Switch label={label} checked={isOn} disabled={readOnly} onChange={onSwitch} />
      <p className="text-faint text-sm">{help}</p>
      {error && <p className="text-bad text-sm">{error}</p>}
      {isOn && <div className="flex min-w-0 flex-col gap-4 border-line border-l-2 pl-3">{children}</div>}
    </div>
  )
}

import { useMemo, useState } from 'react'
import { useLocale } from 'use-intl'
import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'
import { CronDays } from './CronDays.tsx'
import { minuteSteps, type Plan, planKinds, planOf, readCron, writeCron } from './cron.ts'
import { NextRuns } from './NextRuns.tsx'
import type { WidgetProps } from './widget.ts'

const two = (number: number) => String(number).padStart(2, '0')
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => String(from + at))

/** A schedule in words, with cron for those who want more, and the next five times. */
export function CronField({ shape, label, value, onChange }: WidgetProps<'cron'>) {
  const t = useT('forms')
  const { readOnly } = useForm()
  const cron = String(value ?? shape.default ?? '')
  const [asCustom, setAsCustom] = useState(false)
  const plan: Plan = asCustom ? { kind: 'custom', cron } : readCron(cron)
  const become = (next: Plan) => {
    setAsCustom(next.kind === 'custom')
    onChange(writeCron(next))
  }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        <Select
          aria-label={label}
          value={plan.kind}
          options={planKinds.map((kind) => ({ value: kind, label: t(`cron.${kind}`) }))}
          onChange={(kind) => become(planOf(kind, plan))}
          disabled={readOnly}
          className="min-w-36 grow"
        />
        <PlanDetails plan={plan} onChange={become} placeholder={shape.placeholder} />
      </div>
      {plan.kind === 'weekly' && <CronDays days={plan.days} onChange={(days) => become({ ...plan, days })} />}
      <NextRuns cron={cron} />
    </div>
  )
}

interface DetailsProps {
  plan: Plan
  onChange: (plan: Plan) => void
  placeholder?: string
}

function PlanDetails({ plan, onChange, placeholder }: DetailsProps) {
  const t = useT('forms')
  const locale = useLocale()
  const { readOnly } = useForm()
  const days = useMemo(() => numbers(1, 31), [])
  const numeric = (
    name: 'cron.everyMinutes' | 'cron.atMinute' | 'cron.onDay',
    options: string[],
    now: number,
  ) => ({
    'aria-label': t(name),
    value: String(now),
    options: options.map((option) => ({ value: option, label: Number(option).toLocaleString(locale) })),
    disabled: readOnly,
    className: 'w-24',
  })
  switch (plan.kind) {
    case 'minutes':
      return (
        <Select
          {...numeric('cron.everyMinutes', minuteSteps.map(String), plan.every)}
          onChange={(every) => onChange({ ...plan, every: Number(every) })}
        />
      )
    case 'hourly':
      return (
        <Select
          {...numeric('cron.atMinute', numbers(0, 59), plan.minute)}
          onChange={(minute) => onChange({ ...plan, minute: Number(minute) })}
        />
      )
    case 'custom':
      return (
        <TextInput
          aria-label={t('cron.rule')}
          mono
          spellCheck={false}
          value={plan.cron}
          placeholder={placeholder}
          readOnly={readOnly}
          onChange={(event) => onChange({ kind: 'custom', cron: event.target.value })}
        />
      )
    case 'monthly':
    case 'daily':
    case 'weekly':
      return (
        <>
          {plan.kind === 'monthly' && (
            <Select
              {...numeric('cron.onDay', days, plan.day)}
              onChange={(day) => onChange({ ...plan, day: Number(day) })}
            />
          )}
          <div className="w-32">
            <TextInput
              type="time"
              aria-label={t('cron.atTime')}
              value={`${two(plan.hour)}:${two(plan.minute)}`}
              readOnly={readOnly}
              onChange={(event) => {
                const [hour, minute] = event.target.value.split(':').map(Number)
                if (hour !== undefined && minute !== undefined) onChange({ ...plan, hour, minute })
              }}
              className="tabular-nums"
            />
          </div>
        </>
      )
    default:
      return plan satisfies never
  }
}

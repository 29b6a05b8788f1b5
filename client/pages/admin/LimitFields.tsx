import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { type LimitName, limitNames } from './row.ts'

/** Limits as they are typed; empty is none of its own. */
export type LimitTexts = Record<LimitName, string>

export const textsOf = (limits: Record<LimitName, number | null>): LimitTexts => ({
  concurrentRuns: limits.concurrentRuns?.toString() ?? '',
  runsPerMinute: limits.runsPerMinute?.toString() ?? '',
  queuedRuns: limits.queuedRuns?.toString() ?? '',
  dailyRuns: limits.dailyRuns?.toString() ?? '',
  storageMb: limits.storageMb?.toString() ?? '',
  monthlyCostUsd: limits.monthlyCostUsd?.toString() ?? '',
})

/** What is typed as a limit; null where nothing is. */
export const limitIn = (text: string): number | null => {
  const value = Number(text)
  return text.trim() === '' || Number.isNaN(value) ? null : Math.max(0, value)
}

interface LimitFieldsProps {
  texts: LimitTexts
  onChange: (texts: LimitTexts) => void
  /** What holds where a field is empty. */
  placeholder: (name: LimitName) => string
}

export function LimitFields({ texts, onChange, placeholder }: LimitFieldsProps) {
  const t = useT('monitoring')
  return (
    <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
      {limitNames.map((name) => (
        <Field key={name} label={t(`admin.limits.${name}`)}>
          <TextInput
            type="number"
            min={0}
            step={name === 'monthlyCostUsd' ? '0.01' : 1}
            placeholder={placeholder(name)}
            value={texts[name]}
            onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
          />
        </Field>
      ))}
    </div>
  )
}

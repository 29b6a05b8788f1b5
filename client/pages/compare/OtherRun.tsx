import { useTranslations } from 'use-intl'
import { useFormat } from '#client/lib/format.ts'
import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import type { Candidate } from './use-candidates.ts'

interface OtherRunProps {
  candidates: readonly Candidate[]
  value: string | undefined
  onChange: (id: string) => void
}

/** Which run to compare with. */
export function OtherRun({ candidates, value, onChange }: OtherRunProps) {
  const t = useT('replay')
  const ui = useTranslations('ui')
  const format = useFormat()
  if (candidates.length === 0) return null
  const isListed = value === undefined || candidates.some(({ id }) => id === value)
  const options = candidates.map(({ id, status, createdAt, isReplay }) => ({
    value: id,
    label: [
      ui(`status.${status}`),
      format.moment(createdAt),
      ...(isReplay ? [t('compare.replay')] : []),
    ].join(' · '),
  }))
  return (
    <Select
      aria-label={t('compare.with')}
      className="w-92 phone:w-44"
      value={value ?? ''}
      onChange={onChange}
      options={[
        ...(value === undefined ? [{ value: '', label: t('compare.choose'), disabled: true }] : []),
        ...(isListed ? [] : [{ value: value ?? '', label: value ?? '' }]),
        ...options,
      ]}
    />
  )
}

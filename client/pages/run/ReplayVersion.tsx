import type { Outputs } from '#client/lib/router-types.ts'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { Select } from '#client/ui/Select.tsx'

interface ReplayVersionProps {
  choices: Outputs['runs']['replayPlan']['choices']
  version: 'same' | 'newest'
  onChange: (version: 'same' | 'newest') => void
}

/** Which version the new run walks; nothing where there is but one. */
export function ReplayVersion({ choices: { same, newest }, version, onChange }: ReplayVersionProps) {
  const t = useT('replay')
  if (!newest) return null
  return (
    <Field label={t('version.label')}>
      <Select
        value={version}
        onChange={onChange}
        options={[
          {
            value: 'same',
            label: same === null ? t('version.sameDraft') : t('version.same', { number: String(same) }),
          },
          {
            value: 'newest',
            label:
              newest.version === null
                ? t('version.newestDraft')
                : t('version.newest', { number: String(newest.version) }),
          },
        ]}
      />
    </Field>
  )
}

import { clsx } from 'clsx'
import { useId } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'

const visibilities = ['tenant', 'chosen', 'installation'] as const
type Visibility = (typeof visibilities)[number]

interface VisibilityFieldProps {
  value: Visibility
  shareWith: readonly string[]
  error?: string | false
  onChange: (patch: { visibility?: Visibility; shareWith?: string[] }) => void
}

/** Who can install it, and which tenants when they are chosen. */
export function VisibilityField({ value, shareWith, error, onChange }: VisibilityFieldProps) {
  const t = useT('library')
  const name = useId()
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('publish.visibility')}</legend>
        {visibilities.map((visibility) => (
          <label
            key={visibility}
            className={clsx(
              'flex cursor-pointer items-start gap-3 rounded-sm border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
              value === visibility ? 'border-accent bg-accent-soft' : 'border-line hover:border-edge',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={value === visibility}
              onChange={() => onChange({ visibility })}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="block font-medium">{t(`publish.${visibility}`)}</span>
              <span className="block text-muted text-sm">{t(`publish.${visibility}Help`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {value === 'chosen' && (
        <Field label={t('publish.shareWith')} help={t('publish.shareWithHelp')} error={error} required>
          <TextArea
            mono
            rows={3}
            spellCheck={false}
            defaultValue={shareWith.join('\n')}
            onChange={(event) => onChange({ shareWith: slugsIn(event.target.value) })}
          />
        </Field>
      )}
    </>
  )
}

const slugsIn = (text: string) => [...new Set(text.split(/[\s,/]+/).filter((slug) => slug !== ''))]

import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Field } from '#client/ui/Field.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { Readme } from './Readme.tsx'

interface ReadmeFieldProps {
  value: string
  error?: string
  onChange: (value: string) => void
}

/** Markdown to write, and to look at as others will. */
export function ReadmeField({ value, error, onChange }: ReadmeFieldProps) {
  const t = useT('library')
  const [looking, setLooking] = useState(false)
  return (
    <Field
      label={t('publish.readme')}
      help={t('publish.readmeHelp')}
      error={error}
      aside={
        <button
          type="button"
          aria-pressed={looking}
          onClick={() => setLooking(!looking)}
          className="rounded-xs px-1.5 text-accent text-sm hover:bg-hover"
        >
          {looking ? t('publish.write') : t('publish.look')}
        </button>
      }
    >
      {looking ? (
        <div className="min-h-40 rounded-sm border border-line bg-paper p-3">
          <Readme text={value} />
        </div>
      ) : (
        <TextArea
          mono
          rows={8}
          maxLength={50_000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

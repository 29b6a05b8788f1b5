import { Lock } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Field } from '#client/ui/Field.tsx'
import type { SecretField } from './fields.ts'
import { SecretInput } from './SecretInput.tsx'
import { useKindWords } from './use-kind-words.ts'

export interface SecretFieldsProps {
  kindId: string
  fields: readonly SecretField[]
  values: Readonly<Record<string, string>>
  /** There is a credential already. */
  stored: boolean
  /** The fields show, to be filled. */
  asking: boolean
  /** They must be filled: the stored one does not do. */
  forced: boolean
  tried: boolean
  refused: (path: string) => string | undefined
  onAsk: (asking: boolean) => void
  onChange: (name: string, value: string) => void
}

/** The credential: stored and out of sight, or fields for a new one. */
export function SecretFields(props: SecretFieldsProps) {
  const { kindId, fields, values, stored, asking, forced, tried, refused, onAsk, onChange } = props
  const t = useT('pages')
  const words = useKindWords()
  if (!asking)
    return (
      <div className="flex items-center gap-3 rounded-md border border-line bg-sunken px-3 py-2">
        <Lock aria-hidden className="size-4 shrink-0 text-faint" />
        <div className="min-w-0 grow">
          <p className="font-medium">{t('connections.stored')}</p>
          <p className="text-muted text-sm">{t('connections.storedHelp')}</p>
        </div>
        <Button size="sm" onClick={() => onAsk(true)}>
          {t('connections.replace')}
        </Button>
      </div>
    )
  return (
    <fieldset className="flex flex-col gap-4">
      {forced && <p className="text-pretty text-muted text-sm">{t('connections.secretAgain')}</p>}
      {fields.map((own) => {
        const field = words.field(kindId, own)
        return (
          <Field
            key={field.name}
            label={field.title}
            help={field.help}
            required={field.required}
            error={
              (tried && field.required && !values[field.name] && t('connections.fieldNeeded')) ||
              refused(`fields.${field.name}`)
            }
          >
            <SecretInput
              field={field}
              value={values[field.name] ?? ''}
              onChange={(value) => onChange(field.name, value)}
            />
          </Field>
        )
      })}
      {stored && !forced && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => onAsk(false)}>
          {t('connections.keep')}
        </Button>
      )}
    </fieldset>
  )
}

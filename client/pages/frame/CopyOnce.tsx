import { CopyButton } from '#client/ui/CopyButton.tsx'
import { Field } from '#client/ui/Field.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'

/** A text to take away: selected by a click, copied by a button. */
export function CopyOnce({ label, text, copyLabel }: { label: string; text: string; copyLabel?: string }) {
  return (
    <div className="flex items-end gap-2">
      <Field label={label} className="grow">
        <TextInput mono readOnly value={text} onFocus={(event) => event.target.select()} />
      </Field>
      <CopyButton size="md" text={text} label={copyLabel} />
    </div>
  )
}

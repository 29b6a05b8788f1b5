import { useId } from 'react'
import { TextInput } from '#client/ui/TextInput.tsx'
import { useForm } from '../form-setting.ts'

interface NameCellProps {
  label: string
  value: string
  onChange: (name: string) => void
  placeholder?: string
  error?: string
}

/** The name in a row of a name and a value. */
export function NameCell({ label, value, onChange, placeholder, error }: NameCellProps) {
  const { readOnly } = useForm()
  const id = useId()
  return (
    <div className="flex w-1/3 min-w-0 shrink-0 flex-col gap-1">
      <TextInput
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        id={`${id}-name`}
        mono
        spellCheck={false}
        value={value}
        placeholder={placeholder}
        readOnly={readOnly}
        onChange={(event) => onChange(event.target.value)}
      />
      {error && (
        <p id={id} className="text-bad text-sm">
          {error}
        </p>
      )}
    </div>
  )
}

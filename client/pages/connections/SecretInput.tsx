import { Select } from '#client/ui/Select.tsx'
import { TextArea } from '#client/ui/TextArea.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { SecretField } from './fields.ts'

interface SecretInputProps {
  field: SecretField
  value: string
  onChange: (value: string) => void
}

/** One field of a credential: hidden as it is typed, where it is a secret. */
export function SecretInput({ field, value, onChange }: SecretInputProps) {
  const { options, multiline, secret, placeholder } = field
  if (options) return <Select value={value} options={options} onChange={onChange} />
  if (multiline)
    return (
      <TextArea
        mono
        rows={4}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return (
    <TextInput
      mono
      type={secret ? 'password' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      spellCheck={false}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

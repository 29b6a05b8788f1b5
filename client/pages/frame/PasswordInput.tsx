import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { IconButton } from '#client/ui/IconButton.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'

export interface PasswordInputProps {
  name?: string
  autoComplete: 'current-password' | 'new-password'
  value: string
  onChange: (value: string) => void
}

export function PasswordInput({ name, autoComplete, value, onChange }: PasswordInputProps) {
  const t = useT('pages')
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <TextInput
        type={shown ? 'text' : 'password'}
        name={name}
        autoComplete={autoComplete}
        className="pr-9"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <IconButton
        size="sm"
        label={shown ? t('auth.hidePassword') : t('auth.showPassword')}
        className="absolute! top-0.5 right-0.5"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </div>
  )
}

import { Bot } from 'lucide-react'
import { useT } from '#client/lib/use-t.ts'
import { TextInput } from '#client/ui/TextInput.tsx'
import type { Json } from '#nodes/kit/index.ts'
import { useForm } from '../form-setting.ts'

interface AgentFieldProps {
  label: string
  /** What the agent is told of it. */
  value: string
  hint?: string
  onChange: (value: Json) => void
}

/** A field the agent fills in: only what it is for is written here. */
export function AgentField({ label, value, hint, onChange }: AgentFieldProps) {
  const t = useT('agents')
  const { readOnly } = useForm()
  return (
    <div className="flex min-w-0 grow flex-col gap-1.5 rounded-sm border border-violet/25 bg-violet-soft/50 p-2">
      <span className="inline-flex items-center gap-1 self-start rounded-full bg-violet-soft px-2 py-0.5 font-medium text-violet text-xs">
        <Bot aria-hidden className="size-3" />
        {t('fills')}
      </span>
      <TextInput
        aria-label={t('fillsWith', { field: label })}
        placeholder={hint ?? t('fillsHint')}
        maxLength={2000}
        value={value}
        readOnly={readOnly}
        onChange={(event) => onChange({ agent: event.target.value })}
      />
    </div>
  )
}

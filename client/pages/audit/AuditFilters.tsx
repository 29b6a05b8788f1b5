import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useT } from '#client/lib/use-t.ts'
import { Select } from '#client/ui/Select.tsx'
import { TextInput } from '#client/ui/TextInput.tsx'
import { type AuditKind, auditKinds } from './audit-kinds.ts'

export interface AuditNarrowing {
  search?: string
  action?: string
}

const anyKind = ['any', ...auditKinds] as const
const pauseMs = 300

/** Words and the kind of change; tells of them once the typing pauses. */
export function AuditFilters({ onChange }: { onChange: (narrowing: AuditNarrowing) => void }) {
  const t = useT('monitoring')
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<AuditKind | 'any'>('any')
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever listens may be made anew at each render
  useEffect(() => {
    const words = search.trim()
    const timer = setTimeout(
      () => onChange({ ...(words ? { search: words } : {}), ...(kind === 'any' ? {} : { action: kind }) }),
      words ? pauseMs : 0,
    )
    return () => clearTimeout(timer)
  }, [search, kind])
  return (
    <search className="flex grow items-center gap-2">
      <div className="w-72 shrink-0 phone:w-44">
        <TextInput
          type="search"
          icon={<Search />}
          aria-label={t('audit.search')}
          placeholder={t('audit.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <Select
        aria-label={t('audit.actions.label')}
        className="w-44 shrink-0"
        value={kind}
        onChange={setKind}
        options={anyKind.map((value) => ({ value, label: t(`audit.actions.${value}`) }))}
      />
    </search>
  )
}

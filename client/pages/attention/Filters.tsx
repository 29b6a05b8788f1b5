import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Select } from '#client/ui/Select.tsx'
import { WorkflowPicker } from '../runs/WorkflowPicker.tsx'
import { whys } from './row.ts'
import type { AttentionFilter } from './use-filter.ts'

export function Filters({ filter }: { filter: AttentionFilter }) {
  const t = useT('attention')
  const trpc = useTRPC()
  const { data: connections = [] } = useQuery(trpc.connections.list.queryOptions())
  const { why, workflowId, connectionId, cause, set } = filter
  const known = connections.some(({ id }) => id === connectionId)
  return (
    <search aria-label={t('filters.label')} className="flex items-center gap-2">
      {cause && (
        <Button size="sm" icon={<X aria-hidden />} onClick={() => set('cause', '')}>
          {t('filters.cause')}
        </Button>
      )}
      <WorkflowPicker workflowId={workflowId} onPick={(id) => set('workflow', id)} />
      <Select
        aria-label={t('filters.why')}
        className="w-44 shrink-0"
        value={why}
        onChange={(value) => set('why', value)}
        options={[
          { value: '', label: t('filters.anyWhy') },
          ...whys.map((one) => ({ value: one, label: t(`why.${one}`) })),
        ]}
      />
      <Select
        aria-label={t('filters.connection')}
        className="w-44 shrink-0"
        value={connectionId}
        onChange={(value) => set('connection', value)}
        options={[
          { value: '', label: t('filters.anyConnection') },
          ...connections.map(({ id, name }) => ({ value: id, label: name })),
          ...(connectionId && !known ? [{ value: connectionId, label: t('filters.removed') }] : []),
        ]}
      />
    </search>
  )
}

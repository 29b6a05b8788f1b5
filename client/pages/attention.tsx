import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { useAttentionCount } from './attention/AttentionCount.tsx'
import { DecideMany } from './attention/DecideMany.tsx'
import { Filters } from './attention/Filters.tsx'
import { GroupList } from './attention/GroupList.tsx'
import { StepList } from './attention/StepList.tsx'
import { StepPanel } from './attention/StepPanel.tsx'
import { useAttentionFilter } from './attention/use-filter.ts'
import { Page } from './frame/Page.tsx'
import { BulkProgress } from './runs/BulkProgress.tsx'

const LOOK_MS = 10_000

/** Steps that did not end well and wait for somebody to say what is to become of them: by cause, then one by one. */
export default function Attention() {
  const t = useT('attention')
  const trpc = useTRPC()
  const filter = useAttentionFilter()
  const all = useAttentionCount()
  const { data } = useQuery(trpc.attention.count.queryOptions(filter.input, { refetchInterval: LOOK_MS }))
  return (
    <Page
      title={t('title')}
      tab={all > 0 ? t('tab', { count: String(all) }) : undefined}
      filters={<Filters filter={filter} />}
      actions={<DecideMany filter={filter.input} count={data?.open ?? 0} />}
      className="flex"
    >
      <div className="flex min-w-0 grow flex-col">
        <BulkProgress />
        {filter.cause ? <StepList filter={filter} /> : <GroupList filter={filter} />}
      </div>
      {filter.step && <StepPanel id={filter.step} onClose={() => filter.set('step', '')} />}
    </Page>
  )
}

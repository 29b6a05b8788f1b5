import { useMemo } from 'react'
import type { Visit } from '#client/canvas/run-record.ts'
import { spentIn, subStepRows } from '#client/canvas/sub-steps.ts'
import { useT } from '#client/lib/use-t.ts'
import { SpentText } from './SpentText.tsx'
import { SubStepRow } from './SubStepRow.tsx'

export interface SubStepsProps {
  visit: Visit
  /** The run is over: what has not ended never will. */
  ended: boolean
  /** The one that is open from the start. */
  chosen?: string | null
}

/** What an agent did, call by call, and what that cost. */
export function SubSteps({ visit, ended, chosen }: SubStepsProps) {
  const t = useT('agents')
  const rows = useMemo(() => subStepRows(visit.subSteps), [visit])
  const spent = useMemo(() => spentIn(visit.subSteps.values()), [visit])
  return (
    <section className="min-w-0">
      <div className="mb-1.5 flex items-baseline gap-3">
        <h3 className="font-medium text-muted text-sm">{t('steps.title')}</h3>
        {spent && <SpentText spent={spent} className="text-faint text-xs tabular-nums" />}
      </div>
      <ol className="overflow-hidden rounded-md border border-line">
        {rows.map(({ sub, depth }) => (
          <SubStepRow
            // Chosen in the timeline, a row opens itself.
            key={`${sub.name}${sub.name === chosen ? ' chosen' : ''}`}
            sub={sub}
            depth={depth}
            visit={visit}
            ended={ended}
            open={sub.name === chosen}
          />
        ))}
      </ol>
    </section>
  )
}

import { Link } from 'react-router'
import { useFormat } from '#client/lib/format.ts'
import { useTenantIfAny } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { paths } from '../../paths.ts'
import { Card } from './Card.tsx'
import type { Figures } from './figures.ts'

type TopWorkflowsProps =
  | { kind: 'failing'; rows: Figures['failing'] }
  | { kind: 'costs'; rows: Figures['costs'] }

/** The few workflows that fail or cost most, longest bar first. */
export function TopWorkflows(props: TopWorkflowsProps) {
  const t = useT('monitoring')
  const lines = useLines(props)
  const most = Math.max(...lines.map(({ size }) => size), 0)
  return (
    <Card title={t(`dashboard.${props.kind}.title`)}>
      {lines.length === 0 && <p className="text-muted">{t(`dashboard.${props.kind}.none`)}</p>}
      <ol className="flex flex-col gap-2.5">
        {lines.map(({ id, name, size, text }) => (
          <li key={id}>
            <div className="flex items-baseline gap-3">
              <WorkflowName id={id} name={name} failed={props.kind === 'failing'} />
              <span className="ml-auto shrink-0 text-muted text-sm tabular-nums">{text}</span>
            </div>
            <div aria-hidden className="mt-1 h-1 rounded-full bg-sunken">
              <div
                className={
                  props.kind === 'failing' ? 'h-1 rounded-full bg-bad' : 'h-1 rounded-full bg-violet'
                }
                style={{ width: `${(size / most) * 100}%` }}
              />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function useLines(props: TopWorkflowsProps) {
  const t = useT('monitoring')
  const format = useFormat()
  return props.kind === 'failing'
    ? props.rows.map(({ workflow, failed, runs }) => ({
        ...workflow,
        size: failed,
        text: t('dashboard.failing.count', { failed, runs }),
      }))
    : props.rows.map(({ workflow, costUsd }) => ({ ...workflow, size: costUsd, text: format.usd(costUsd) }))
}

/** Leads to its runs; over all tenants there is nowhere to lead. */
function WorkflowName({ id, name, failed }: { id: string; name: string; failed: boolean }) {
  const tenant = useTenantIfAny()
  if (!tenant) return <span className="truncate">{name}</span>
  const runs = paths.runsOf(tenant.slug, id)
  return (
    <Link
      to={failed ? `${runs}&status=failed` : runs}
      className="min-w-0 truncate rounded-xs font-medium hover:underline"
    >
      {name}
    </Link>
  )
}

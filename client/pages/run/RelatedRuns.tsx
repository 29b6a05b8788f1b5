import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import type { Outputs } from '#client/lib/router-types.ts'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { paths } from '../../paths.ts'

const LOOK_MS = 5_000

/** The run that led to this one or that it goes on from, and those it led to. */
interface RelatedRunsProps {
  id: string
  startedBy: string
  ended: boolean
}

export function RelatedRuns({ id, startedBy, ended }: RelatedRunsProps) {
  const t = useT('agents')
  const replay = useT('replay')
  const trpc = useTRPC()
  const { slug } = useTenant()
  const related = useQuery(
    trpc.runs.related.queryOptions({ id }, { refetchInterval: ended ? false : LOOK_MS }),
  ).data
  if (!related) return null
  const { parent, children, replayed, replays } = related
  return (
    <>
      {replayed && (
        <Link to={paths.run(slug, replayed.id)} className="text-accent hover:underline">
          {replay('links.of')}
        </Link>
      )}
      {replays.length > 0 && (
        <RunMenu label={replay('links.replays', { count: replays.length })} runs={replays} />
      )}
      {parent && (
        <Link to={paths.run(slug, parent.id)} className="text-accent hover:underline">
          {t(startedBy === 'error' ? 'related.startedByFailure' : 'related.calledBy', {
            workflow: parent.workflow.name,
          })}
        </Link>
      )}
      {children.length > 0 && (
        <RunMenu label={t('related.called', { count: children.length })} runs={children} />
      )}
    </>
  )
}

function RunMenu({ label, runs }: { label: string; runs: Outputs['runs']['related']['children'] }) {
  const navigate = useNavigate()
  const { slug } = useTenant()
  return (
    <Menu
      trigger={
        <button type="button" className="rounded-xs text-accent hover:underline">
          {label}
        </button>
      }
    >
      {runs.map((run) => (
        <MenuItem key={run.id} onSelect={() => void navigate(paths.run(slug, run.id))}>
          <span className="flex items-center gap-3">
            <StatusBadge status={run.status} />
            {run.workflow.name}
          </span>
        </MenuItem>
      ))}
    </Menu>
  )
}

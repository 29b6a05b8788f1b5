import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useTRPC } from '#client/lib/trpc.ts'
import { useT } from '#client/lib/use-t.ts'
import { Menu, MenuItem } from '#client/ui/Menu.tsx'
import { StatusBadge } from '#client/ui/StatusBadge.tsx'
import { paths } from '../../paths.ts'

const LOOK_MS = 5_000

/** The run that led to this one, and those it led to. */
interface RelatedRunsProps {
  id: string
  startedBy: string
  ended: boolean
}

export function RelatedRuns({ id, startedBy, ended }: RelatedRunsProps) {
  const t = useT('agents')
  const trpc = useTRPC()
  const navigate = useNavigate()
  const { slug } = useTenant()
  const related = useQuery(
    trpc.runs.related.queryOptions({ id }, { refetchInterval: ended ? false : LOOK_MS }),
  ).data
  if (!related) return null
  const { parent, children } = related
  return (
    <>
      {parent && (
        <Link to={paths.run(slug, parent.id)} className="text-accent hover:underline">
          {t(startedBy === 'error' ? 'related.startedByFailure' : 'related.calledBy', {
            workflow: parent.workflow.name,
          })}
        </Link>
      )}
      {children.length > 0 && (
        <Menu
          trigger={
            <button type="button" className="rounded-xs text-accent hover:underline">
              {t('related.called', { count: children.length })}
            </button>
          }
        >
          {children.map((child) => (
            <MenuItem key={child.id} onSelect={() => void navigate(paths.run(slug, child.id))}>
              <span className="flex items-center gap-3">
                <StatusBadge status={child.status} />
                {child.workflow.name}
              </span>
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  )
}

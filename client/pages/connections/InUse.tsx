import { Link } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { Button } from '#client/ui/Button.tsx'
import { Dialog, DialogActions } from '#client/ui/Dialog.tsx'
import { paths } from '../../paths.ts'

export interface UsingWorkflow {
  id: string
  name: string
}

/** The workflows a refusal to delete names. */
export function usersIn(details: Record<string, unknown>): UsingWorkflow[] {
  if (!Array.isArray(details.workflows)) return []
  return details.workflows.flatMap((found: unknown) =>
    typeof found === 'object' &&
    found !== null &&
    'id' in found &&
    'name' in found &&
    typeof found.id === 'string' &&
    typeof found.name === 'string'
      ? [{ id: found.id, name: found.name }]
      : [],
  )
}

/** Why a connection cannot be deleted now, and where to go. */
export function InUse({
  name,
  users,
  onDone,
}: {
  name: string
  users: readonly UsingWorkflow[]
  onDone: () => void
}) {
  const t = useT('pages')
  const { slug } = useTenant()
  return (
    <Dialog
      size="sm"
      open={users.length > 0}
      onOpenChange={(open) => {
        if (!open) onDone()
      }}
      title={t('connections.inUseTitle', { name })}
      description={t('connections.inUseBody')}
    >
      <ul className="overflow-hidden rounded-md border border-line">
        {users.map((user) => (
          <li key={user.id} className="border-line not-first:border-t">
            <Link
              to={paths.workflow(slug, user.id)}
              className="flex h-9 items-center truncate px-3 font-medium text-accent outline-offset-[-2px] hover:bg-hover"
            >
              {user.name}
            </Link>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          {t('connections.understood')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

import { LibraryBig, Undo2 } from 'lucide-react'
import { useNavigate } from 'react-router'
import { useTenant } from '#client/lib/session.ts'
import { useT } from '#client/lib/use-t.ts'
import { MenuItem } from '#client/ui/Menu.tsx'
import { paths } from '../../paths.ts'
import { useInstalls } from './LibraryBadge.tsx'
import { useRevert } from './use-apply-upgrade.ts'

/** What the library offers for a workflow: to publish it, and to take back its last update. */
export function LibraryMenuItems({ workflowId }: { workflowId: string }) {
  const t = useT('library')
  const { slug } = useTenant()
  const navigate = useNavigate()
  const revert = useRevert(workflowId)
  const undoable = useInstalls().data?.some((one) => one.workflowId === workflowId && one.undoable) ?? false
  return (
    <>
      <MenuItem
        icon={<LibraryBig />}
        onSelect={() => void navigate(paths.publishToLibrary(slug, workflowId))}
      >
        {t('publish.menu')}
      </MenuItem>
      {undoable && (
        <MenuItem icon={<Undo2 />} onSelect={revert}>
          {t('update.revert')}
        </MenuItem>
      )}
    </>
  )
}

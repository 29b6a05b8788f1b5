import { useT } from '../../lib/use-t.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { allActions } from '../actions/all.ts'
import { isMac, shortcutText } from '../actions/shortcut.ts'
import { useEditor, useEditorStore } from '../store.ts'

/** Every key and what it does, read from the actions themselves. */
export function ShortcutList() {
  const t = useT('editor')
  const store = useEditorStore()
  const open = useEditor((state) => state.shortcuts)
  const keyed = allActions.filter((action) => action.shortcuts.length > 0)
  return (
    <Dialog
      open={open}
      onOpenChange={(shortcuts) => store.setState({ shortcuts })}
      title={t('shortcuts')}
      size="lg"
    >
      <dl className="grid grid-cols-2 gap-x-10 phone:grid-cols-1">
        {keyed.map((action) => (
          <div key={action.id} className="flex min-h-8 items-center gap-2.5 border-line border-b text-sm">
            <dt className="flex min-w-0 grow items-center gap-2.5">
              <action.icon aria-hidden className="size-4 shrink-0 text-faint" />
              {t(`actions.${action.id}`)}
            </dt>
            <dd className="flex shrink-0 gap-1">
              {action.shortcuts.map((shortcut) => (
                <Kbd key={shortcut}>{shortcutText(shortcut, isMac)}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
